import type { Bars } from "../../src/domain/market/bars.ts";
import { sma } from "../../src/domain/indicators/sma.ts";
import { requirePeer } from "./install-peers.ts";

interface Bar {
  readonly time: Date;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** 1 where the fast average has crossed above the slow one, -1 below, else 0. */
  readonly crossed: number;
}

interface Grademark {
  backtest(
    strategy: {
      entryRule(enter: () => void, args: { readonly bar: Bar }): void;
      exitRule(exit: () => void, args: { readonly bar: Bar }): void;
    },
    series: unknown,
  ): readonly unknown[];
}

interface DataForge {
  DataFrame: new (bars: readonly Bar[]) => unknown;
}

/**
 * grademark 0.3.0 on the same crossovers, fills at the next open; it knows no commission. The averages are
 * ours and not timed: only its `backtest` is.
 */
export function grademarkRun(bars: Bars, fast: number, slow: number): () => number {
  const { backtest } = requirePeer("grademark") as Grademark;
  const { DataFrame } = requirePeer("data-forge") as DataForge;
  const quick = sma(bars.close, fast);
  const calm = sma(bars.close, slow);
  let before = NaN;
  const rows = Array.from(bars.close, (close, i): Bar => {
    const now = (quick[i] ?? NaN) - (calm[i] ?? NaN);
    const crossed = before < 0 && now > 0 ? 1 : before > 0 && now < 0 ? -1 : 0;
    before = now;
    return {
      time: new Date(bars.time[i] ?? NaN),
      open: bars.open[i] ?? NaN,
      high: bars.high[i] ?? NaN,
      low: bars.low[i] ?? NaN,
      close,
      crossed,
    };
  });
  const series = new DataFrame(rows);
  return () =>
    backtest(
      {
        entryRule: (enter, { bar }) => {
          if (bar.crossed > 0) enter();
        },
        exitRule: (exit, { bar }) => {
          if (bar.crossed < 0) exit();
        },
      },
      series,
    ).length;
}
