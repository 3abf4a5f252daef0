import { decide } from "../../src/domain/backtest/decide.ts";
import { simulate } from "../../src/domain/backtest/engine.ts";
import { backtestSettingsSchema } from "../../src/domain/backtest/settings.ts";
import type { Simulation } from "../../src/domain/backtest/simulation.ts";
import { smaCross } from "../../src/domain/backtest/strategies/sma-cross.ts";
import type { Bars } from "../../src/domain/market/bars.ts";
import { createPanel } from "../../src/domain/market/panel.ts";
import { smaCrossLoop } from "../loops/sma-cross.ts";
import { walkBars } from "../market.ts";
import { timeAlone, timeAsync, timePair } from "../paired.ts";
import { frameworkRun } from "../peers/backtest-framework.ts";
import { grademarkRun } from "../peers/grademark.ts";
import { installPeers } from "../peers/install-peers.ts";
import { pythonRuns } from "../peers/python.ts";
import { checkSame } from "../same.ts";
import { inMs, type Table, times } from "../table.ts";

export const BARS = 1_000_000;
const CAPITAL = 100_000;
const COMMISSION = 0.001;
const PARAMS = smaCross.params.parse({ fast: 10, slow: 30, short: false });

export const PLAIN = backtestSettingsSchema.parse({
  capital: CAPITAL,
  commission: COMMISSION,
  slippageBps: 0,
  closeOut: false,
});

/** Every cost and every stop at once; the commission of the tiers is that of the loop. */
export const FULL = backtestSettingsSchema.parse({
  ...PLAIN,
  commissionPerShare: 0.0001,
  commissionMinimum: 0.01,
  commissionTiers: [{ fromNotional: 1e7, rate: COMMISSION }],
  halfSpreadBps: 0.1,
  slippageBps: 0.1,
  impact: 0.01,
  maxParticipation: 0.5,
  borrowRate: 0.01,
  cashRate: 0.01,
  marginRate: 0.02,
  maintenanceMargin: 0.1,
  stopLoss: 0.1,
  takeProfit: 0.2,
  trailingStop: 0.08,
});

/** A year of minutes and more in one symbol, from the columns to the course of equity and the trades. */
export async function run(): Promise<Table> {
  const bars = walkBars("SIM", BARS, 1);
  const ours = backtestOf(bars, PLAIN);
  const full = backtestOf(bars, FULL);
  const plain = (): unknown => smaCrossLoop(bars.open, bars.close, 10, 30, COMMISSION, CAPITAL);
  warmUp();
  const loop = smaCrossLoop(bars.open, bars.close, 10, 30, COMMISSION, CAPITAL);
  checkSame("sma-cross", ours().equity, loop.equity);
  const signal = timePair(ours, plain, 21);
  const orders = timePair(full, plain, 11);
  const rows = [
    ["FinAgent, signal path", inMs(signal.ours), times(signal.ratio), "2×"],
    ["FinAgent, every cost and stop", inMs(orders.ours), times(orders.ratio), "6×"],
    ["plain loop", inMs(signal.other), "1", ""],
  ];
  if (installPeers()) {
    const grademark = timeAlone(grademarkRun(bars, 10, 30), 1);
    rows.push(["grademark 0.3.0, no costs", inMs(grademark), times(grademark / signal.other), ""]);
    const framework = await timeAsync(frameworkRun(bars, 10, 30), 1);
    rows.push(["@backtest/framework 1.1.18", inMs(framework), times(framework / signal.other), ""]);
  }
  for (const { name, ms } of pythonRuns(bars.open, bars.close)) {
    rows.push([name, inMs(ms), times(ms / signal.other), ""]);
  }
  return {
    title: "(a) SMA 10/30 over a million bars",
    about: `Long only, commission 0.1 %, fills at the next open, ${loop.trades.toLocaleString("en")} trades; from the columns to every bar's equity. The loop gives the same equity.`,
    header: ["", "median", "of the loop", "target"],
    rows,
  };
}

export function backtestOf(bars: Bars, settings: typeof PLAIN): () => Simulation {
  const panel = createPanel([bars]);
  return () => simulate(panel, decide(smaCross, panel, PARAMS), settings);
}

/** Many small runs: optimised code that was entered by way of a long loop alone is not what a program runs. */
export function warmUp(): void {
  const small = walkBars("SIM", 5_000, 2);
  const ways = [
    backtestOf(small, PLAIN),
    backtestOf(small, FULL),
    () => smaCrossLoop(small.open, small.close, 10, 30, COMMISSION, CAPITAL),
  ];
  for (let k = 0; k < 300; k += 1) for (const way of ways) way();
}
