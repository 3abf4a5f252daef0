import { isAbsent } from "../../statistic.ts";
import { barVolatility } from "../bar-volatility.ts";
import type { Factor } from "../factor.ts";
import { logMove } from "../log-move.ts";
import { squash } from "../squash.ts";

/**
 * Winners go on winning. Value: the log return over n bars divided by its standard deviation in a random
 * walk, volatility x sqrt(n), with the volatility of the same n bars: the t-statistic of the mean return.
 *
 * Sources: Jegadeesh and Titman, Journal of Finance 48 (1993); Moskowitz, Ooi and Pedersen, Journal of
 * Financial Economics 104 (2012), for the return in units of volatility. Those studies often skip the latest
 * month, in which prices rather reverse; here the window ends at the last bar, and a policy that wants the
 * correction gives the reversal factor a weight beside this one.
 */
export const momentum: Factor = {
  name: "momentum",
  description: "Return over the look-back in units of its volatility; winners go on winning.",
  evaluate(bars, lookbackBars) {
    const volatility = barVolatility(bars, lookbackBars);
    if (isAbsent(volatility)) return volatility;
    return logMove(bars, lookbackBars) / (volatility * Math.sqrt(lookbackBars));
  },
  score: squash,
};
