import { periodsPerYear } from "../../risk/annualisation.ts";
import { simpleReturns } from "../../risk/returns.ts";
import { volatility } from "../../risk/volatility.ts";
import { isAbsent } from "../../statistic.ts";
import { barVolatility } from "../bar-volatility.ts";
import type { Factor } from "../factor.ts";

/** Annual volatility at which the score is 0: by convention about that of a single large share. */
const NEUTRAL = 0.25;

/**
 * Calm securities earn more than their risk lets one expect. Value: minus the annualised volatility of the
 * last n returns, as the risk report measures it. Score: (m^2 - v^2) / (m^2 + v^2) = tanh(ln(m / v)) with
 * m = 25%: 12.5% gives 0.6, 50% gives -0.6.
 *
 * Sources: Ang, Hodrick, Xing and Zhang, Journal of Finance 61 (2006); Frazzini and Pedersen, Betting
 * Against Beta, Journal of Financial Economics 111 (2014).
 */
export const lowVolatility: Factor = {
  name: "low-volatility",
  description: "Minus the annualised volatility; calm securities earn more than their risk lets one expect.",
  evaluate(bars, lookbackBars) {
    const moving = barVolatility(bars, lookbackBars);
    if (isAbsent(moving)) return moving;
    const returns = simpleReturns(bars.close.subarray(bars.length - lookbackBars - 1));
    const annual = volatility(returns, periodsPerYear(bars));
    return isAbsent(annual) ? annual : -annual;
  },
  score: (value) => (NEUTRAL ** 2 - value ** 2) / (NEUTRAL ** 2 + value ** 2),
};
