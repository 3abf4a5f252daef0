import type { Bars } from "../market/bars.ts";
import { at } from "../market/column.ts";

/** Log return of the close over the last `count` bars, of which there must be count + 1. */
export function logMove(bars: Bars, count: number): number {
  return Math.log(at(bars.close, bars.length - 1) / at(bars.close, bars.length - 1 - count));
}
