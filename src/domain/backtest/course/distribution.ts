import { at, type Column } from "../../market/column.ts";
import { mean, sampleDeviation } from "../../risk/moments.ts";

const MOST_BINS = 41;
const FEWEST_BINS = 11;
/** The bins reach this many standard deviations to each side of the mean; the outermost hold what lies beyond. */
const REACH = 4;

export interface Distribution {
  readonly bars: number;
  readonly idleBars: number;
  readonly mean: number;
  readonly deviation: number;
  readonly from: number;
  readonly binWidth: number;
  readonly counts: number[];
}

/**
 * How often returns per bar were how large. Bars that begin and end without a position return nothing and would
 * bury the rest under one bar at zero: they are counted apart. Null where fewer than ten returns are left, or
 * where they do not vary.
 */
export function distribution(equity: Column, exposure: Column): Distribution | null {
  const returns = new Float64Array(Math.max(0, equity.length - 1));
  let kept = 0;
  let bars = 0;
  for (let row = 1; row < equity.length && at(equity, row - 1) > 0; row += 1) {
    bars += 1;
    const change = at(equity, row) / at(equity, row - 1) - 1;
    if (change === 0 && at(exposure, row - 1) === 0 && at(exposure, row) === 0) continue;
    returns[kept] = change;
    kept += 1;
  }
  const held = returns.subarray(0, kept);
  const centre = mean(held);
  const deviation = sampleDeviation(held);
  if (kept < 10 || !(deviation > 0)) return null;
  // About a bin per root of the count, an odd number so that one lies around the mean.
  const wanted = Math.min(MOST_BINS, Math.max(FEWEST_BINS, Math.round(Math.sqrt(kept))));
  const bins = wanted + 1 - (wanted % 2);
  const binWidth = (2 * REACH * deviation) / bins;
  const from = centre - REACH * deviation;
  const counts = Array.from({ length: bins }, () => 0);
  for (const value of held) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor((value - from) / binWidth)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { bars: kept, idleBars: bars - kept, mean: centre, deviation, from, binWidth, counts };
}
