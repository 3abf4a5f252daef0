import { at, type Column } from "../../market/column.ts";

/** More than a chart can show, and little enough to send. */
export const MOST_POINTS = 2000;

/**
 * A long column thinned for charts: point i stands for the rows after `ends[i - 1]` up to `ends[i]`. The first row
 * and the last are points of their own value.
 */
export interface Points {
  readonly barsPerPoint: number;
  readonly ends: Int32Array;
}

/** @param rows at least 2 */
export function pointsOf(rows: number, most = MOST_POINTS): Points {
  const barsPerPoint = Math.max(1, Math.ceil((rows - 1) / (most - 1)));
  const count = Math.ceil((rows - 1) / barsPerPoint) + 1;
  return {
    barsPerPoint,
    ends: Int32Array.from({ length: count }, (_, i) => Math.min(i * barsPerPoint, rows - 1)),
  };
}

/** What holds at the end of each point. */
export function lastOf(column: Column, { ends }: Points): number[] {
  return Array.from(ends, (row) => at(column, row));
}

/** The lowest value within each point. */
export function lowestOf(column: Column, points: Points): number[] {
  return fold(column, points, Infinity, Math.min);
}

/** The mean of each point's values. */
export function meanOf(column: Column, points: Points): number[] {
  return sumOf(column, points).map((sum, i) => sum / ((points.ends[i] ?? 0) - (points.ends[i - 1] ?? -1)));
}

/** The sum over each point. */
export function sumOf(column: Column, points: Points): number[] {
  return fold(column, points, 0, (sum, value) => sum + value);
}

function fold(
  column: Column,
  { ends }: Points,
  start: number,
  join: (so: number, value: number) => number,
): number[] {
  let row = 0;
  return Array.from(ends, (end) => {
    let result = start;
    for (; row <= end; row += 1) result = join(result, at(column, row));
    return result;
  });
}
