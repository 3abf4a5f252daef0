import { FinAgentError } from "../errors.ts";
import type { Column } from "../market/column.ts";

/**
 * The period itself, where it is a positive integer.
 * @throws FinAgentError BAD_ARGUMENT
 */
export function requirePeriod(indicator: string, period: number, name = "period"): number {
  if (Number.isSafeInteger(period) && period > 0) return period;
  throw new FinAgentError(
    "BAD_ARGUMENT",
    `The ${name} of ${indicator} must be a positive integer, not ${period}.`,
    {
      hint: "Give the number of bars, e.g. 14.",
      details: { indicator, [name]: String(period) },
    },
  );
}

/**
 * The common length of columns.
 * @throws FinAgentError BAD_ARGUMENT where they differ
 */
export function requireEqualLengths(indicator: string, first: Column, ...others: readonly Column[]): number {
  for (const other of others) {
    if (other.length === first.length) continue;
    throw new FinAgentError(
      "BAD_ARGUMENT",
      `${indicator} needs columns of equal length, not of ${first.length} and ${other.length}.`,
      { hint: "Take all columns from the same bars.", details: { indicator } },
    );
  }
  return first.length;
}
