import { isoTime } from "../iso-time.ts";
import { at, type Column } from "../market/column.ts";
import { cents } from "./cents.ts";

/** A curve of more points serves nobody, but costs more than the backtest. */
export const MOST_POINTS = 100_000;

/**
 * An equity curve as times and money to the cent. Of more than 100,000 bars every k-th is taken, counted back from
 * the last, with the smallest k that leaves no more than so many, and the first.
 */
export function equityPoints(time: Column, equity: Column): [string, number][] {
  const { length } = equity;
  const step = Math.ceil(length / MOST_POINTS);
  const points: [string, number][] = [];
  const point = (i: number): number => points.push([isoTime(at(time, i)), cents(at(equity, i))]);
  const rest = length === 0 ? 0 : (length - 1) % step;
  if (rest > 0) point(0);
  for (let i = rest; i < length; i += step) point(i);
  return points;
}
