import { lowVolatility } from "./low-volatility.ts";
import { momentumRank } from "./momentum-rank.ts";

const RANKING: ReadonlySet<string> = new Set([momentumRank.name, lowVolatility.name]);

/**
 * What a reader must know of a strategy by rank that has no more symbols than it may hold.
 * @param params parsed
 * @param symbols how many there are
 */
export function rankRemark(
  strategy: string,
  { top, absolute }: Readonly<Record<string, unknown>>,
  symbols: number,
): string[] {
  if (!RANKING.has(strategy) || typeof top !== "number" || top < symbols) return [];
  const all = absolute === true ? "all that rose" : "all of them";
  const there = symbols === 1 ? "is 1 symbol" : `are ${symbols} symbols`;
  return [`The rank chose nothing: there ${there} for a top of ${top}, so ${strategy} held ${all}.`];
}
