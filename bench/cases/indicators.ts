import { atr } from "../../src/domain/indicators/atr.ts";
import { ema } from "../../src/domain/indicators/ema.ts";
import { rsi } from "../../src/domain/indicators/rsi.ts";
import { sma } from "../../src/domain/indicators/sma.ts";
import { standardDeviation } from "../../src/domain/indicators/standard-deviation.ts";
import type { Bars } from "../../src/domain/market/bars.ts";
import type { Column } from "../../src/domain/market/column.ts";
import { atrLoop, deviationLoop, emaLoop, rsiLoop, smaLoop } from "../loops/indicators.ts";
import { walkBars } from "../market.ts";
import { timePair } from "../paired.ts";
import { checkSame } from "../same.ts";
import type { Table } from "../table.ts";

const BARS = 1_000_000;
const PERIOD = 14;

interface Contest {
  readonly name: string;
  readonly ours: (bars: Bars) => Column;
  readonly loop: (bars: Bars) => Column;
}

const CONTESTS: readonly Contest[] = [
  { name: "SMA", ours: ({ close }) => sma(close, PERIOD), loop: ({ close }) => smaLoop(close, PERIOD) },
  { name: "EMA", ours: ({ close }) => ema(close, PERIOD), loop: ({ close }) => emaLoop(close, PERIOD) },
  { name: "RSI", ours: ({ close }) => rsi(close, PERIOD), loop: ({ close }) => rsiLoop(close, PERIOD) },
  {
    name: "ATR",
    ours: (bars) => atr(bars, PERIOD),
    loop: ({ high, low, close }) => atrLoop(high, low, close, PERIOD),
  },
  {
    name: "standard deviation",
    ours: ({ close }) => standardDeviation(close, PERIOD),
    loop: ({ close }) => deviationLoop(close, PERIOD),
  },
];

/** Columns of indicators against the loops that give the same columns. */
export function run(): Table {
  const bars = walkBars("SIM", BARS, 1);
  const small = walkBars("SIM", 5_000, 2);
  return {
    title: "Indicators",
    about: `Period ${PERIOD}, a column of ${BARS.toLocaleString("en")} bars; speed is the loop's time over ours. Ours skip leading gaps, refuse to drift, and give the same bits as bar by bar.`,
    header: ["", "million bars per second", "plain loop", "speed of the loop", "target"],
    rows: CONTESTS.map(({ name, ours, loop }) => {
      for (let k = 0; k < 300; k += 1) {
        ours(small);
        loop(small);
      }
      checkSame(name, ours(bars).subarray(PERIOD), loop(bars).subarray(PERIOD), 1e-6);
      const pair = timePair(
        () => ours(bars),
        () => loop(bars),
        31,
      );
      const rate = (ms: number): string => (BARS / ms / 1000).toFixed(0);
      return [name, rate(pair.ours), rate(pair.other), `${(100 / pair.ratio).toFixed(0)} %`, "70 %"];
    }),
  };
}
