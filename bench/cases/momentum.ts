import { decide } from "../../src/domain/backtest/decide.ts";
import { simulate } from "../../src/domain/backtest/engine.ts";
import { backtestSettingsSchema } from "../../src/domain/backtest/settings.ts";
import { momentumRank } from "../../src/domain/backtest/strategies/momentum-rank.ts";
import { momentumTopLoop } from "../loops/momentum-top.ts";
import { walkPanel } from "../market.ts";
import { timePair } from "../paired.ts";
import { checkSame } from "../same.ts";
import { inMs, type Table, times } from "../table.ts";

const SYMBOLS = 500;
const DAYS = 2_520;
const TOP = 50;
const LOOKBACK = 126;
const CAPITAL = 100_000;
const COMMISSION = 0.001;

const SETTINGS = backtestSettingsSchema.parse({
  capital: CAPITAL,
  commission: COMMISSION,
  slippageBps: 0,
  closeOut: false,
});

/** A portfolio: ranked and traded anew every day. */
export function run(): Table {
  const [ours, loop] = ways(SYMBOLS, DAYS, TOP);
  const [oursSmall, loopSmall] = ways(20, 400, 5);
  for (let k = 0; k < 200; k += 1) {
    oursSmall();
    loopSmall();
  }
  const mine = ours();
  checkSame("momentum", mine.equity, loop());
  const pair = timePair(ours, loop, 15);
  return {
    title: "(b) 500 symbols ranked every day for ten years",
    about: `The top ${TOP} by the return of ${LOOKBACK} days in equal parts, 0.1 % of what is traded, fills at the next open, ${mine.fills.length.toLocaleString("en")} fills; ranking and trading. The loop gives the same equity.`,
    header: ["", "median", "of the loop", "target"],
    rows: [
      ["FinAgent", inMs(pair.ours), times(pair.ratio), "2×"],
      ["plain loop", inMs(pair.other), "1", ""],
    ],
  };
}

function ways(symbols: number, days: number, top: number) {
  const panel = walkPanel(symbols, days, 1);
  const open = panel.bars.map((bars) => bars.open);
  const close = panel.bars.map((bars) => bars.close);
  const params = momentumRank.params.parse({
    lookback: LOOKBACK,
    skip: 0,
    top,
    rebalance: 1,
    absolute: false,
  });
  return [
    () => simulate(panel, decide(momentumRank, panel, params), SETTINGS),
    () => momentumTopLoop(open, close, LOOKBACK, top, COMMISSION, CAPITAL),
  ] as const;
}
