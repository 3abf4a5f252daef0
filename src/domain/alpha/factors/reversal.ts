import { isAbsent } from "../../statistic.ts";
import { barVolatility } from "../bar-volatility.ts";
import type { Factor } from "../factor.ts";
import { logMove } from "../log-move.ts";
import { squash } from "../squash.ts";

/** The returns of a few bars tell little about volatility; a month of daily bars does. */
const VOLATILITY_BARS = 21;

/**
 * What has just fallen recovers, what has just risen gives some back: meant for look-backs of days. Value:
 * minus the log return over n bars, divided by its standard deviation in a random walk, volatility x
 * sqrt(n), with the volatility of the last n bars, but at least 21.
 *
 * Sources: Lehmann, Quarterly Journal of Economics 105 (1990), for weeks; Jegadeesh, Journal of Finance 45
 * (1990), for months.
 */
export const reversal: Factor = {
  name: "reversal",
  description: "Minus the latest return in units of its volatility; short moves are partly undone.",
  evaluate(bars, lookbackBars) {
    const volatility = barVolatility(bars, Math.max(lookbackBars, VOLATILITY_BARS));
    if (isAbsent(volatility)) return volatility;
    return -logMove(bars, lookbackBars) / (volatility * Math.sqrt(lookbackBars));
  },
  score: squash,
};
