import { grossOf } from "../risk/gross.ts";
import { percent } from "../risk/percent.ts";
import type { PortfolioRules } from "./rules.ts";

const ROUNDING = 1e-9;

export type Weights = Readonly<Record<string, number>>;

export interface TradeLimits {
  readonly exposureLimit: number;
  readonly rules: PortfolioRules;
  readonly maxTurnover: number;
  readonly minTrade: number;
  /** The person limits the number of names: then what is not among them is sold whatever the turnover. */
  readonly onlyTargets: boolean;
}

export interface LimitedTrades {
  readonly weights: Weights;
  /** Sum of absolute weight changes against the holdings. */
  readonly turnover: number;
  /** Which limits bound, in words. */
  readonly limits: readonly string[];
}

/**
 * What is held after one rebalance from `holdings` towards `target`:
 * 1. the move is scaled down to the turnover limit (a first purchase out of cash is no turnover of a book and is not);
 * 2. weights outside the person's constraints (cap per name, long only, names) are brought inside them whatever
 *    the turnover;
 * 3. exposure above the allowed one is cut whatever the turnover;
 * 4. trades below the minimum are left, unless they close a position or one of the limits asks for them.
 */
export function limitTrades(holdings: Weights, target: Weights, limits: TradeLimits): LimitedTrades {
  const { exposureLimit, rules, maxTurnover, minTrade } = limits;
  const symbols = [...new Set([...Object.keys(target), ...Object.keys(holdings)])].sort();
  const held = (symbol: string): number => holdings[symbol] ?? 0;
  const words: string[] = [];

  const wanted = turnoverOf(symbols, holdings, target);
  const share = grossOf(holdings) > 0 && wanted > maxTurnover ? maxTurnover / wanted : 1;
  const permitted = (symbol: string, weight: number): number => {
    if (limits.onlyTargets && (target[symbol] ?? 0) === 0) return 0;
    return Math.max(rules.longOnly ? 0 : -rules.hardCap, Math.min(rules.hardCap, weight));
  };
  const moved = mapWeights(symbols, (symbol) =>
    permitted(symbol, held(symbol) + share * ((target[symbol] ?? 0) - held(symbol))),
  );
  if (share < 1) {
    words.push(
      `Turnover is limited to ${percent(maxTurnover)}; the whole move would be ${percent(wanted)}, the rest is left for the next rebalance.`,
    );
  }

  const gross = grossOf(moved);
  const cut = gross > exposureLimit + ROUNDING ? exposureLimit / gross : 1;
  const allowed = mapWeights(symbols, (symbol) => (moved[symbol] ?? 0) * cut);

  const isSmall = (symbol: string): boolean => {
    const next = allowed[symbol] ?? 0;
    const change = Math.abs(next - held(symbol));
    return next !== 0 && change > 0 && change < minTrade && permitted(symbol, held(symbol)) === held(symbol);
  };
  let weights = mapWeights(symbols, (symbol) => (isSmall(symbol) ? held(symbol) : (allowed[symbol] ?? 0)));
  if (grossOf(weights) > exposureLimit + ROUNDING) {
    const grows = (symbol: string): boolean => Math.abs(held(symbol)) < Math.abs(allowed[symbol] ?? 0);
    weights = mapWeights(symbols, (symbol) =>
      isSmall(symbol) && grows(symbol) ? held(symbol) : (allowed[symbol] ?? 0),
    );
  }
  const left = symbols.filter((symbol) => isSmall(symbol) && weights[symbol] === held(symbol));
  if (left.length > 0) {
    words.push(`Trades below ${percent(minTrade)} are left: ${left.join(", ")}.`);
  }
  const turnover = turnoverOf(symbols, holdings, weights);
  if (share < 1 && turnover > maxTurnover + ROUNDING) {
    words.push(
      `The risk limit and the person's constraints win over the turnover limit: turnover is ${percent(turnover)}.`,
    );
  }
  return { weights: withoutZeros(weights), turnover, limits: words };
}

function turnoverOf(symbols: readonly string[], from: Weights, to: Weights): number {
  return symbols.reduce((sum, symbol) => sum + Math.abs((to[symbol] ?? 0) - (from[symbol] ?? 0)), 0);
}

function mapWeights(symbols: readonly string[], weigh: (symbol: string) => number): Weights {
  return Object.fromEntries(symbols.map((symbol) => [symbol, weigh(symbol)]));
}

/** Non-zero weights, largest first; of equal ones the first by symbol. */
function withoutZeros(weights: Weights): Weights {
  const kept = Object.entries(weights).filter(([, weight]) => weight !== 0);
  return Object.fromEntries(kept.sort(([a, x], [b, y]) => Math.abs(y) - Math.abs(x) || (a < b ? -1 : 1)));
}
