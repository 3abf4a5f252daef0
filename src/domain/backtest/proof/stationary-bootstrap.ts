import type { Random } from "../../random.ts";

/**
 * Draws one sample of the stationary bootstrap: fills `indices` with positions in a column of the given length (the
 * number of indices, where it is left out), in blocks of consecutive ones whose lengths are geometric with the given
 * mean, wrapping round at the end. Source: Politis and Romano, Journal of the American Statistical Association 89, 1994.
 */
export function resample(
  indices: Int32Array,
  meanBlock: number,
  random: Random,
  length: number = indices.length,
): void {
  const fresh = 1 / Math.max(1, meanBlock);
  let index = 0;
  for (let i = 0; i < indices.length; i += 1) {
    if (i === 0 || random.uniform() < fresh) index = random.integer(length);
    else index = index + 1 === length ? 0 : index + 1;
    indices[i] = index;
  }
}
