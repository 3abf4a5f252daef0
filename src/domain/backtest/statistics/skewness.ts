import { absent, type Statistic } from "../../statistic.ts";
import type { CentralMoments } from "./central-moments.ts";
import { NO_DEVIATION } from "./sharpe.ts";

/**
 * Skewness of the returns: third central moment / second^1.5, divisors n (g1 of Joanes and Gill, The
 * Statistician 47, 1998; scipy `skew`). pandas and ffn correct it for the sample: times
 * sqrt(n (n - 1)) / (n - 2). Negative where losses are the larger surprises, 0 of a symmetric distribution.
 * Absent where the returns do not vary.
 */
export function skewness({ second, third }: CentralMoments): Statistic {
  return Math.sqrt(second) > NO_DEVIATION ? third / second ** 1.5 : absent("The returns do not vary.");
}
