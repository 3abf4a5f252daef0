import * as fc from "fast-check";
import type { Adjustment, Bars } from "../../src/domain/market/bars.ts";
import { createPanel, type Panel } from "../../src/domain/market/panel.ts";

/** A split, a dividend or both. */
export interface ShareEvent {
  readonly symbol: number;
  /** The first bar without it. */
  readonly bar: number;
  readonly split: number;
  /** The dividend as a part of that bar's raw close. */
  readonly yield: number;
  /** Dated an hour before the bar's open: its own bar is missing. */
  readonly early: boolean;
}

/** @param yields 0: no dividend */
export function anyShareEvents(yields: fc.Arbitrary<number>): fc.Arbitrary<ShareEvent[]> {
  return fc.array(
    fc.record({
      symbol: fc.nat(3),
      bar: fc.nat(24),
      split: fc.constantFrom(2, 10, 0.5, 1.5),
      yield: yields,
      early: fc.boolean(),
    }),
    { maxLength: 6 },
  );
}

/**
 * The same bars, as what is left after some splits and dividends: raw prices and actions are known.
 * @param adjustment what prices are adjusted for
 */
export function withShareEvents(
  panel: Panel,
  events: readonly ShareEvent[],
  adjustment: Adjustment = "splits-and-dividends",
): Panel {
  return createPanel(
    panel.bars.map((bars, s) =>
      barsWith(
        bars,
        events.filter(({ symbol }) => symbol === s),
        adjustment,
      ),
    ),
  );
}

function barsWith(bars: Bars, events: readonly ShareEvent[], adjustment: Adjustment): Bars {
  const factor = new Float64Array(bars.length).fill(1);
  const kept = new Map<number, ShareEvent>();
  for (const event of events) {
    if (event.bar > 0 && event.bar < bars.length) kept.set(event.bar, event);
  }
  for (const [at, event] of kept) {
    const growth = event.split * (adjustment === "splits-and-dividends" ? 1 + event.yield : 1);
    for (let bar = 0; bar < at; bar += 1) factor[bar] = (factor[bar] ?? NaN) / growth;
  }
  const actions = [...kept.values()]
    .sort((a, b) => a.bar - b.bar)
    .map(({ bar, split, yield: part, early }) => ({
      time: (bars.time[bar] ?? NaN) - (early ? 3_600_000 : 0),
      split,
      dividend: (part * (bars.close[bar] ?? NaN)) / (factor[bar] ?? NaN),
    }));
  return { ...bars, factor, rawKnown: true, adjustment, actions };
}
