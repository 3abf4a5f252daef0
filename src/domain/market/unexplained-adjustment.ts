import type { Bars } from "./bars.ts";

/**
 * Rounding of adjusted closes, and the ways in which vendors chain dividends, move raw prices against adjusted ones
 * by less than this (natural logarithm).
 */
const DRIFT = 0.005;

/**
 * The first bar by which raw prices have moved against the adjusted ones as no action explains, -1 where there is
 * none: then a split or dividends are missing from the actions, and what trades raw prices would take them for gains
 * or losses.
 */
export function unexplainedAdjustment(bars: Bars): number {
  const { factor, time, actions } = bars;
  const paid = bars.adjustment === "splits-and-dividends";
  let next = 0;
  let drift = 0;
  for (let bar = 1; bar < bars.length; bar += 1) {
    let growth = 1;
    for (; (actions[next]?.time ?? Infinity) <= (time[bar] ?? NaN); next += 1) {
      const action = actions[next];
      if (action === undefined || action.time <= (time[bar - 1] ?? NaN)) continue;
      const price = (bars.close[bar] ?? NaN) / (factor[bar] ?? NaN);
      growth *= action.split * (paid ? 1 + action.dividend / price : 1);
    }
    drift += Math.log((factor[bar] ?? NaN) / (factor[bar - 1] ?? NaN) / growth);
    if (Math.abs(drift) > DRIFT) return bar;
  }
  return -1;
}
