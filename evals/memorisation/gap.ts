import type { RunReport } from "../../src/domain/run/report.ts";

/** What was decided on a window, by real symbol. */
export interface Decided {
  readonly level: string | null;
  readonly directions: Readonly<Record<string, string>>;
  readonly scores: Readonly<Record<string, number>>;
  readonly weights: Readonly<Record<string, number>>;
}

/** @param real the real symbol of each name that was used */
export function decidedIn(report: RunReport, real: (name: string) => string): Decided {
  const { signals, risk, weights } = report;
  return {
    level: risk?.level ?? null,
    directions: Object.fromEntries(signals.map(({ symbol, direction }) => [real(symbol), direction])),
    scores: Object.fromEntries(signals.map(({ symbol, score }) => [real(symbol), score])),
    weights: Object.fromEntries(Object.entries(weights).map(([name, weight]) => [real(name), weight])),
  };
}

/** Share of the symbols whose direction differs. */
export function changedDirections(one: Decided, other: Decided): number {
  const symbols = Object.keys(one.directions);
  const changed = symbols.filter((symbol) => one.directions[symbol] !== other.directions[symbol]);
  return symbols.length === 0 ? NaN : changed.length / symbols.length;
}

/** The greatest difference between two figures of one symbol; a symbol that is missing counts as 0. */
export function widest(
  one: Readonly<Record<string, number>>,
  other: Readonly<Record<string, number>>,
): number {
  const symbols = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Math.max(0, ...[...symbols].map((symbol) => Math.abs((one[symbol] ?? 0) - (other[symbol] ?? 0))));
}

/** What weights that are held returned, from each symbol's return. */
export function realised({ weights }: Decided, returns: Readonly<Record<string, number>>): number {
  return Object.entries(weights).reduce(
    (sum, [symbol, weight]) => sum + weight * (returns[symbol] ?? NaN),
    0,
  );
}
