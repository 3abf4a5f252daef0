import { Matrix } from "ml-matrix";
import type { Bars } from "../market/bars.ts";
import { at, type Column } from "../market/column.ts";
import { periodsPerYear } from "../risk/annualisation.ts";
import { windowAt } from "../risk/common-window.ts";
import { ledoitWolf } from "./ledoit-wolf.ts";
import type { Weights } from "./trade-limits.ts";

/** Annualised covariance of symbols, estimated over the bars that they have in common. */
export interface RiskEstimate {
  readonly symbols: readonly string[];
  readonly covariance: Matrix;
  readonly bars: number;
}

/** Ledoit-Wolf covariance over bars at the given times, which all have, annualised. */
export function estimateRisk(bars: readonly Bars[], time: Column): RiskEstimate {
  const [first] = bars;
  if (first === undefined) return { symbols: [], covariance: new Matrix(0, 0), bars: 0 };
  const window = windowAt(bars, time);
  return {
    symbols: bars.map((one) => one.symbol),
    covariance: ledoitWolf(window.returns).covariance.mul(periodsPerYear(first)),
    bars: window.length,
  };
}

/** Annual volatility of each symbol of the estimate. */
export function volatilities(estimate: RiskEstimate): Float64Array {
  return Float64Array.from(estimate.covariance.diagonal(), (variance) => Math.sqrt(variance));
}

/** Annual volatility of a book: sqrt(w'Cw). */
export function bookVolatility(estimate: RiskEstimate, weights: Weights): number {
  if (estimate.symbols.length === 0) return 0;
  const column = Matrix.columnVector(estimate.symbols.map((symbol) => weights[symbol] ?? 0));
  return Math.sqrt(Math.max(0, column.transpose().mmul(estimate.covariance).mmul(column).get(0, 0)));
}

/**
 * Expected annual return of a book over cash: sum of weight x IC x volatility x score (Grinold, "Alpha is Volatility
 * Times IC Times Score", Journal of Portfolio Management 20, 1994).
 */
export function expectedReturn(
  estimate: RiskEstimate,
  weights: Weights,
  scores: ReadonlyMap<string, number>,
  informationCoefficient: number,
): number {
  const deviations = volatilities(estimate);
  return estimate.symbols.reduce(
    (sum, symbol, i) =>
      sum + (weights[symbol] ?? 0) * informationCoefficient * at(deviations, i) * (scores.get(symbol) ?? 0),
    0,
  );
}
