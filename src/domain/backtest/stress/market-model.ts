import type { Bars } from "../../market/bars.ts";
import { at, type Column } from "../../market/column.ts";
import { beta } from "../../risk/beta.ts";
import { windowAt } from "../../risk/common-window.ts";
import { mean, sampleDeviation } from "../../risk/moments.ts";
import { isAbsent } from "../../statistic.ts";
import type { BarHistory } from "./bar-history.ts";

/** How symbols move with the market, and what of their moves it does not explain. */
export interface MarketModel {
  /** The index, or null: then the market is the mean of the symbols and every beta is 1, which is an assumption. */
  readonly benchmark: string | null;
  readonly betas: readonly number[];
  /** Log returns without mean, on the history's entries. */
  readonly residuals: readonly Column[];
  /** Standard deviation of the market's log return over one bar. */
  readonly volatility: number;
}

/**
 * The single-index model on log returns: residual = move - beta x market, less its mean (Sharpe, "A Simplified Model
 * for Portfolio Analysis", Management Science 9, 1963). An index that stands still is not used.
 * @param index has a bar at every time of the history
 */
export function fitMarketModel(history: BarHistory, index: Bars | null): MarketModel {
  const moves = history.shapes.map((shapes) => shapes.move);
  const market = index === null ? null : indexMoves(index, history.time);
  const betas = market === null ? [] : moves.map((column) => beta(column, market));
  if (index !== null && market !== null && !betas.some(isAbsent)) {
    const fitted = betas.filter((one) => typeof one === "number");
    return {
      benchmark: index.symbol,
      betas: fitted,
      residuals: moves.map((column, s) => residual(column, market, fitted[s] ?? NaN)),
      volatility: sampleDeviation(market),
    };
  }
  const average = new Float64Array(history.length);
  for (const column of moves) {
    for (let t = 0; t < history.length; t += 1) average[t] = at(average, t) + at(column, t) / moves.length;
  }
  return {
    benchmark: null,
    betas: moves.map(() => 1),
    residuals: moves.map((column) => residual(column, average, 1)),
    volatility: sampleDeviation(average),
  };
}

function residual(column: Column, market: Column, slope: number): Column {
  const own = column.map((move, t) => move - slope * at(market, t));
  const centre = mean(own);
  return own.map((value) => value - centre);
}

/** Log returns of the index between the given opens, at which it has bars. */
function indexMoves(index: Bars, time: Column): Column {
  const [closes = new Float64Array(0)] = windowAt([index], time).closes;
  return Float64Array.from({ length: time.length - 1 }, (_, t) =>
    Math.log(at(closes, t + 1) / at(closes, t)),
  );
}
