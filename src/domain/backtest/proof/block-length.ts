import { at, type Column } from "../../market/column.ts";
import { mean } from "../../risk/moments.ts";
import { NO_DEVIATION } from "../statistics/sharpe.ts";

/** Autocorrelations within this many standard errors are taken for zero (the c of the paper). */
const BAND = 2;

/**
 * Mean block length of the stationary bootstrap with the least mean squared error for the variance of a mean:
 * (2 G^2 / D)^(1/3) n^(1/3), at least 1. Source: Politis and White, Econometric Reviews 23(1), 2004, with the
 * correction of Patton, Politis and White, Econometric Reviews 28(4), 2009: D = 2 g(0)^2.
 */
export function blockLength(values: Column): number {
  const n = values.length;
  if (n < 10) return 1;
  const run = Math.max(5, Math.ceil(Math.sqrt(Math.log10(n))));
  const most = Math.min(n - 1, Math.ceil(Math.sqrt(n)) + run);
  const covariances = autocovariances(values, most);
  const variance = at(covariances, 0);
  if (!(variance > NO_DEVIATION ** 2)) return 1;
  const limit = BAND * Math.sqrt(Math.log10(n) / n) * variance;
  const reach = Math.min(most, 2 * lastSignificant(covariances, run, limit));
  let spectrum = variance;
  let slope = 0;
  for (let k = 1; k <= reach; k += 1) {
    const weighted = flatTop(k / reach) * at(covariances, k);
    spectrum += 2 * weighted;
    slope += 2 * k * weighted;
  }
  const length = ((2 * slope ** 2) / (2 * spectrum ** 2)) ** (1 / 3) * n ** (1 / 3);
  const longest = Math.ceil(Math.min(3 * Math.sqrt(n), n / 3));
  return Number.isFinite(length) ? Math.min(longest, Math.max(1, length)) : 1;
}

/** The smallest lag after which `run` lags in a row are insignificant, else the last significant one; at least 1. */
function lastSignificant(covariances: Column, run: number, limit: number): number {
  let last = 0;
  for (let lag = 1; lag < covariances.length; lag += 1) {
    if (Math.abs(at(covariances, lag)) > limit) last = lag;
    else if (lag - last >= run) break;
  }
  return Math.max(1, last);
}

/** The flat-top window of Politis and Romano (1995). */
function flatTop(x: number): number {
  return x <= 0.5 ? 1 : 2 * (1 - x);
}

/** With divisor n, for lags from 0. */
function autocovariances(values: Column, lags: number): Column {
  const centre = mean(values);
  const n = values.length;
  const result = new Float64Array(lags + 1);
  for (let lag = 0; lag <= lags; lag += 1) {
    let sum = 0;
    for (let t = lag; t < n; t += 1) {
      sum += ((values[t] ?? NaN) - centre) * ((values[t - lag] ?? NaN) - centre);
    }
    result[lag] = sum / n;
  }
  return result;
}
