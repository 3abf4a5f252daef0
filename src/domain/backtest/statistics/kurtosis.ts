import { absent, type Statistic } from "../../statistic.ts";
import type { CentralMoments } from "./central-moments.ts";
import { NO_DEVIATION } from "./sharpe.ts";

/**
 * Kurtosis of the returns: fourth central moment / second^2, divisors n, 3 of a normal distribution (g2 + 3 of
 * Joanes and Gill, The Statistician 47, 1998; scipy `kurtosis` with fisher=False). pandas and ffn give the
 * excess over 3, corrected for the sample. Absent where the returns do not vary.
 */
export function kurtosis({ second, fourth }: CentralMoments): Statistic {
  return Math.sqrt(second) > NO_DEVIATION ? fourth / second ** 2 : absent("The returns do not vary.");
}
