import type { Bars } from "../market/bars.ts";
import { absent, type Absent } from "../statistic.ts";

/** Why a figure over so many bars is absent, or null where history suffices. */
export function shortHistory(bars: Bars, needed: number): Absent | null {
  return bars.length >= needed ? null : absent(`${bars.length} bars known, ${needed} needed`);
}
