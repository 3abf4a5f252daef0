import type { Line } from "../terminal/span.ts";

const AT_EITHER_END = 3;

/** Rows of a long list: its first and its last few, and between them how many are not shown. */
export function bothEnds<T>(
  items: readonly T[],
  row: (item: T) => readonly Line[],
  gap: (hidden: number) => readonly Line[],
): (readonly Line[])[] {
  const hidden = items.length - 2 * AT_EITHER_END;
  // A gap of one row would take as much room as the row.
  if (hidden <= 1) return items.map(row);
  return [...items.slice(0, AT_EITHER_END).map(row), gap(hidden), ...items.slice(-AT_EITHER_END).map(row)];
}
