import { expect, it } from "vitest";
import { dailyBars } from "../../../../tests/support/daily-bars.ts";
import { at } from "../../market/column.ts";
import { createPanel } from "../../market/panel.ts";
import { randomFrom } from "../../random.ts";
import { simulate } from "../engine.ts";
import { measure } from "../measure.ts";
import { type BacktestSettings, backtestSettingsSchema } from "../settings.ts";
import type { Signal } from "../signal.ts";
import { SignalLedger } from "../signal-ledger.ts";
import { signalPath, walkSignal } from "../signal-path.ts";
import { totalCosts } from "../simulation.ts";
import { riskFreePerPeriod } from "../statistics/risk-free.ts";
import { blockSums } from "./block-sums.ts";
import { SCORE_FIELDS, SCORE_SIZE, writeScore } from "./score.ts";
import { scoreSignal } from "./score-signal.ts";
import { scoreSimulation } from "./score-simulation.ts";
import { Tally } from "./tally.ts";

const ROWS = 300;
const BLOCKS = 6;
const WINDOW = { fromRow: 20, toRow: ROWS };

function randomCase(seed: number): { panel: ReturnType<typeof createPanel>; signal: Signal } {
  const random = randomFrom(seed);
  const open = new Float64Array(ROWS);
  const close = new Float64Array(ROWS);
  let price = 100;
  for (let i = 0; i < ROWS; i += 1) {
    open[i] = price *= 1 + 0.005 * random.normal();
    close[i] = price *= 1 + 0.015 * random.normal();
  }
  const bars: number[] = [];
  const sides: number[] = [];
  for (let bar = 0; bar < ROWS; bar += 1 + random.integer(12)) {
    bars.push(bar);
    sides.push(random.integer(3) - 1);
  }
  return {
    panel: createPanel([dailyBars("A", { open, close })]),
    signal: { bars: Int32Array.from(bars), sides: Int8Array.from(sides) },
  };
}

const SETTINGS = [
  {},
  { fill: "close", closeOut: false, riskFreeRate: 0.03 },
  { commission: 0.01, latencyBars: 2, riskFreeRate: 0.1 },
] as const;

it("gives the figures of the backtest's report, on the short way and from a full simulation", () => {
  for (const [seed, given] of Array.from({ length: 30 }, (_, k) => [k, SETTINGS[k % 3]] as const)) {
    const settings: BacktestSettings = backtestSettingsSchema.parse(given);
    const { panel, signal } = randomCase(seed);
    const simulation = simulate(panel, { signals: [signal] }, settings, WINDOW);
    const time = panel.closeTime.subarray(WINDOW.fromRow, WINDOW.toRow);
    const { equity, exposure, turnover, trades } = simulation;
    const { metrics } = measure(
      { time, equity, exposure, turnover, trades, costs: totalCosts(simulation) },
      252,
      settings.riskFreeRate,
    );

    const annual = {
      periodsPerYear: 252,
      riskFree: riskFreePerPeriod(settings.riskFreeRate, 252),
      years: (at(time, time.length - 1) - at(time, 0)) / (365.25 * 86_400_000),
    };
    const [bars] = panel.bars;
    if (bars === undefined) throw new Error("no bars");
    const sums = blockSums(time.length, BLOCKS, new Float64Array(4 * BLOCKS));
    const tally = new Tally();
    const scores = new Float64Array(2 * SCORE_SIZE);
    const ledger = new SignalLedger(4);
    const path = signalPath(bars, settings, WINDOW);
    walkSignal(path, signal, ledger);
    scoreSignal(path, ledger, annual.riskFree, tally, sums, 0);
    writeScore(tally, annual, scores, 0);
    scoreSimulation(simulation, annual.riskFree, tally, sums, 2 * BLOCKS);
    writeScore(tally, annual, scores, SCORE_SIZE);

    for (const way of [0, 1]) {
      for (const [f, field] of SCORE_FIELDS.entries()) {
        const digits = field === "costs" ? 1.9 : 9;
        expect(scores[way * SCORE_SIZE + f], `${field}, seed ${seed}, way ${way}`).toBeCloseTo(
          metrics[field] ?? NaN,
          digits,
        );
      }
    }
    // Block sums, against returns that are cut by hand.
    const block = 3;
    const returns = Array.from(equity.subarray(1), (value, i) => value / at(equity, i) - 1);
    const [from, to] = [block, block + 1].map((b) => Math.floor((b * returns.length) / BLOCKS));
    const sum = returns.slice(from, to).reduce((total, value) => total + value, 0);
    expect(sums.into[2 * block]).toBeCloseTo(sum, 12);
    expect(sums.into[2 * BLOCKS + 2 * block]).toBeCloseTo(sum, 12);
  }
});
