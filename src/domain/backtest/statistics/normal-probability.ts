import { normalDensity } from "../../risk/normal.ts";

/**
 * Distribution function of the standard normal distribution, to about 1e-15: the series
 * 1/2 + density(z) x (z + z^3/3 + z^5/(3x5) + …) of Marsaglia, Journal of Statistical Software 11(4), 2004.
 * Past |z| = 8 the probability is 0 or 1 to that precision.
 */
export function normalProbability(z: number): number {
  if (Number.isNaN(z)) return NaN;
  if (z < -8) return 0;
  if (z > 8) return 1;
  let term = z;
  let sum = z;
  for (let odd = 3; sum + term !== sum; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return 0.5 + sum * normalDensity(z);
}
