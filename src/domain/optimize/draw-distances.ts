import type { Random } from "../random.ts";
import type { ResampleOptions } from "./improvement.ts";

/** Resamples that are drawn in any case, enough for an interval. */
const FEWEST = 999;

/** So many at least as far out as the original settle that its p-value is no small one. */
const SETTLED = 50;

/**
 * Draws resamples until so many are at least as far out as the original that no more are needed, or to the last: a sequential
 * Monte Carlo p-value (Besag and Clifford, Biometrika 78, 1991), (1 + those as far out) / (1 + those drawn).
 */
export function drawDistances(
  own: number,
  { resamples, random }: ResampleOptions,
  draw: (random: Random) => number,
): { readonly distances: Float64Array; readonly pValue: number } {
  const distances = new Float64Array(resamples);
  let beyond = 0;
  let drawn = 0;
  while (drawn < resamples && (drawn < FEWEST || beyond < SETTLED)) {
    const distance = draw(random);
    distances[drawn] = distance;
    drawn += 1;
    if (distance >= own) beyond += 1;
  }
  return { distances: distances.subarray(0, drawn), pValue: (beyond + 1) / (drawn + 1) };
}
