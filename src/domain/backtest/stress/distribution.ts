import { at, type Column } from "../../market/column.ts";
import { isStatedPerYear } from "../statistics/stated-per-year.ts";
import type { Distribution } from "./monte-carlo-report.ts";

/** What is kept of every path: one entry per path. */
export class PathResults {
  readonly totalReturn: Column;
  readonly maxDrawdown: Column;
  readonly #ruined: Uint8Array;

  constructor(paths: number) {
    this.totalReturn = new Float64Array(paths);
    this.maxDrawdown = new Float64Array(paths);
    this.#ruined = new Uint8Array(paths);
  }

  /** @param equity positive at its first row */
  record(path: number, equity: Column, ruined: boolean): void {
    const { totalReturn, maxDrawdown } = outcomeOf(equity);
    this.totalReturn[path] = totalReturn;
    this.maxDrawdown[path] = maxDrawdown;
    this.#ruined[path] = ruined ? 1 : 0;
  }

  /** @param years that a path takes */
  distribution(years: number): Distribution {
    const returns = this.totalReturn.toSorted();
    const drawdowns = this.maxDrawdown.toSorted();
    const yearly = returns.map((value) => Math.max(0, 1 + value) ** (1 / years) - 1);
    const worst = returns.subarray(0, Math.max(1, Math.floor(returns.length / 20)));
    return {
      totalReturn: quantiles(returns),
      cagr: isStatedPerYear(years) ? quantiles(yearly) : null,
      maxDrawdown: quantiles(drawdowns),
      probabilityOfLoss: shareBelow(returns, 0),
      probabilityOfDrawdown: {
        beyond20: shareBelow(drawdowns, -0.2),
        beyond30: shareBelow(drawdowns, -0.3),
        beyond50: shareBelow(drawdowns, -0.5),
      },
      expectedShortfall: worst.reduce((sum, value) => sum + value, 0) / worst.length,
      probabilityOfRuin: this.#ruined.reduce((sum, one) => sum + one, 0) / this.#ruined.length,
    };
  }
}

/** Total return and deepest drawdown of an equity column. */
export function outcomeOf(equity: Column): { totalReturn: number; maxDrawdown: number } {
  let high = -Infinity;
  let deepest = 0;
  for (let i = 0; i < equity.length; i += 1) {
    const value = equity[i] ?? NaN;
    if (value > high) high = value;
    else if (value / high - 1 < deepest) deepest = value / high - 1;
  }
  return { totalReturn: at(equity, equity.length - 1) / at(equity, 0) - 1, maxDrawdown: deepest };
}

export function shareBelow(values: Column, limit: number): number {
  let below = 0;
  for (const value of values) if (value < limit) below += 1;
  return below / values.length;
}

function quantiles(sorted: Column): Distribution["totalReturn"] {
  const of = (probability: number): number => {
    const position = (sorted.length - 1) * probability;
    const low = at(sorted, Math.floor(position));
    return low + (at(sorted, Math.ceil(position)) - low) * (position % 1);
  };
  return { p5: of(0.05), p25: of(0.25), p50: of(0.5), p75: of(0.75), p95: of(0.95) };
}
