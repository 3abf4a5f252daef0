import { FinAgentError } from "../errors.ts";

export interface Concentration {
  /** Sum of squared shares: 1 for one name, 1 / n for n equal names. */
  readonly herfindahl: number;
  /** 1 / herfindahl: the number of equal names with the same concentration. */
  readonly effectiveNames: number;
  readonly largest: { readonly symbol: string; readonly weight: number };
}

/**
 * Herfindahl-Hirschman index of the book's absolute weights as shares of their sum (Hirschman, "The Paternity of an
 * Index", American Economic Review 54, 1964). Cash is left out; of equally large names the first by symbol counts
 * as the largest.
 * @throws FinAgentError BAD_ARGUMENT on an empty book
 */
export function concentration(weights: Readonly<Record<string, number>>): Concentration {
  const entries = Object.entries(weights).sort(
    ([a, x], [b, y]) => Math.abs(y) - Math.abs(x) || (a < b ? -1 : 1),
  );
  const [largest] = entries;
  const gross = entries.reduce((sum, [, weight]) => sum + Math.abs(weight), 0);
  if (largest === undefined || gross === 0) {
    throw new FinAgentError("BAD_ARGUMENT", "An empty book has no concentration.");
  }
  const herfindahl = entries.reduce((sum, [, weight]) => sum + (weight / gross) ** 2, 0);
  return {
    herfindahl,
    effectiveNames: 1 / herfindahl,
    largest: { symbol: largest[0], weight: largest[1] },
  };
}
