import { at, type Column } from "../../../market/column.ts";
import { mean } from "../../../risk/moments.ts";
import { absent, type Absent } from "../../../statistic.ts";
import { nelderMead } from "./nelder-mead.ts";

/** variance[t] = omega + alpha x shock[t-1]^2 + beta x variance[t-1], shock = return - mean. */
export interface GarchFit {
  readonly mean: number;
  readonly omega: number;
  readonly alpha: number;
  readonly beta: number;
  /** Standard deviation expected of every return of the history, and the shock over it. */
  readonly deviations: Column;
  readonly shocks: Column;
  readonly logLikelihood: number;
}

/** From here on shocks are taken to stay for ever: the variance has no level to return to. */
const UNIT_ROOT = 0.9999;

/** A smaller answer to shocks is none: then beta cannot be told. */
const NO_ANSWER = 1e-3;

/** Bounds of the transformed parameters: beyond them a probability is 0 or 1 to rounding. */
const FAR = 15;

/**
 * GARCH(1,1) by Gaussian quasi maximum likelihood (Bollerslev, Journal of Econometrics 31, 1986), the mean being the
 * sample's, the first variance the sample variance. Absent with a reason where the search does not converge, where
 * volatility does not answer to shocks, and where alpha + beta reaches 1.
 */
export function fitGarch(returns: Column): GarchFit | Absent {
  const centre = mean(returns);
  const n = returns.length;
  let variance = 0;
  for (let t = 0; t < n; t += 1) variance += (at(returns, t) - centre) ** 2 / n;
  if (!(variance > 0)) return absent("the returns do not vary");

  // Everything in units of the sample's deviation, so that one tolerance fits daily and minute bars.
  const scale = Math.sqrt(variance);
  const squares = returns.map((value) => ((value - centre) / scale) ** 2);
  const loss = (point: readonly number[]): number => {
    const { omega, alpha, beta } = parametersOf(point);
    let expected = 1;
    let sum = 0;
    for (let t = 0; t < n; t += 1) {
      const square = squares[t] ?? NaN;
      sum += Math.log(expected) + square / expected;
      expected = omega + alpha * square + beta * expected;
    }
    return (0.5 * sum) / n;
  };
  // Persistence 0.95, a tenth of it for shocks, and the level of the sample.
  const start = [logit(0.95), logit(0.1), 0];
  const found = nelderMead(loss, start, { tolerance: 1e-10 });
  if (!found.converged) return absent("the search for its parameters did not converge");
  const { omega, alpha, beta } = parametersOf(found.point);
  if (alpha < NO_ANSWER) return absent("volatility does not answer to shocks in this history");
  if (alpha + beta >= UNIT_ROOT)
    return absent(`shocks to volatility do not die out (alpha + beta = ${(alpha + beta).toFixed(4)})`);

  const deviations = new Float64Array(n);
  const shocks = new Float64Array(n);
  let expected = 1;
  for (let t = 0; t < n; t += 1) {
    const deviation = Math.sqrt(expected);
    deviations[t] = deviation * scale;
    shocks[t] = (at(returns, t) - centre) / (deviation * scale);
    expected = omega + alpha * at(squares, t) + beta * expected;
  }
  const logLikelihood = -n * (found.value + 0.5 * Math.log(2 * Math.PI * variance));
  return { mean: centre, omega: omega * variance, alpha, beta, deviations, shocks, logLikelihood };
}

/** Any three numbers as parameters of a stationary model: persistence, the part of alpha in it, and the level's log. */
function parametersOf([persistence = NaN, part = NaN, level = NaN]: readonly number[]): {
  omega: number;
  alpha: number;
  beta: number;
} {
  if (Math.abs(persistence) > FAR || Math.abs(part) > FAR || Math.abs(level) > FAR)
    return { omega: NaN, alpha: NaN, beta: NaN };
  const sum = logistic(persistence);
  const alpha = sum * logistic(part);
  return { omega: Math.exp(level) * (1 - sum), alpha, beta: sum - alpha };
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function logit(probability: number): number {
  return Math.log(probability / (1 - probability));
}
