import { last } from "../market/column.ts";
import type { MarketView } from "../market/view.ts";
import type { PortfolioReport } from "./report.ts";
import type { Weights } from "./trade-limits.ts";

const CENTS = 100;

/** 2.9999999999 shares are 3. */
const ROUNDING = 1e-9;

/**
 * Weights as whole shares at the last known raw price. The money for them is the capital less the cost of trading, so
 * that a fully invested book does not overdraw; shares are rounded towards zero. Notionals and cash are whole cents and
 * add up to the capital exactly: sum(notional) + cashAmount + cost = capital.
 */
export function sizePositions(
  view: MarketView,
  weights: Weights,
  options: {
    readonly capital: number;
    readonly cost: number;
    readonly scores: ReadonlyMap<string, number>;
  },
): { positions: PortfolioReport["positions"]; cashAmount: number; cost: number } {
  const capital = Math.round(options.capital * CENTS);
  const cost = Math.min(capital, Math.round(options.cost * CENTS));
  let cash = capital - cost;
  const positions = Object.entries(weights).map(([symbol, weight]) => {
    const bars = view.bars(symbol);
    const price = last(bars.close) / last(bars.factor);
    const exact = (weight * (capital - cost)) / CENTS / price;
    const shares = Math.trunc(exact + Math.sign(exact) * ROUNDING);
    const notional = Math.round(shares * price * CENTS);
    cash -= notional;
    return {
      symbol,
      weight,
      price,
      shares,
      notional: notional / CENTS,
      score: options.scores.get(symbol) ?? 0,
    };
  });
  return { positions, cashAmount: cash / CENTS, cost: cost / CENTS };
}
