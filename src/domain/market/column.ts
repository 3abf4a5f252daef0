/**
 * One field of a series over time, oldest first. Where a value is missing it holds NaN; such a hole never
 * leaves the domain.
 */
export type Column = Float64Array;

/** The value at an index; an index outside the column is a fault of the caller, never `undefined`. */
export function at(column: Column, index: number): number {
  const value = column[index];
  if (value === undefined) throw new RangeError(`index ${index} outside a column of ${column.length}`);
  return value;
}

/** The last value of a column that is not empty. */
export function last(column: Column): number {
  return at(column, column.length - 1);
}

/** How many leading entries of an ascending column are at most `limit` (binary search). */
export function countAtMost(ascending: Column, limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(ascending, middle) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
