import type { Column } from "../market/column.ts";

/** The index of the first number of a column, its length where there is none. */
export function firstNumber(values: Column): number {
  let first = 0;
  while (first < values.length && Number.isNaN(values[first] ?? NaN)) first += 1;
  return first;
}

/**
 * The index of the first number of a column, or null where a NaN follows it: such a column has to be taken
 * value by value.
 */
export function observedFrom(values: Column): number | null {
  const first = firstNumber(values);
  for (let i = first; i < values.length; i += 1) {
    if (Number.isNaN(values[i] ?? NaN)) return null;
  }
  return first;
}
