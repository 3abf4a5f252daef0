import type { Column } from "../../market/column.ts";
import { mean } from "../../risk/moments.ts";

/** Means of the powers of what values deviate from their mean, with divisor n. */
export interface CentralMoments {
  readonly second: number;
  readonly third: number;
  readonly fourth: number;
}

/** In two passes, the mean first; one pass over raw powers would lose the digits of small deviations. */
export function centralMoments(values: Column): CentralMoments {
  const centre = mean(values);
  const n = values.length;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? NaN;
    const deviation = value - centre;
    const square = deviation * deviation;
    second += square;
    third += square * deviation;
    fourth += square * square;
  }
  return { second: second / n, third: third / n, fourth: fourth / n };
}
