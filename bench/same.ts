import type { Column } from "../src/domain/market/column.ts";

/** A benchmark of two things that differ is worth nothing: throws where two courses of equity do. */
export function checkSame(what: string, ours: Column, other: Column, tolerance = 1e-9): void {
  if (ours.length !== other.length) throw new Error(`${what}: ${ours.length} against ${other.length} rows`);
  for (let i = 0; i < ours.length; i += 1) {
    const mine = ours[i] ?? NaN;
    const theirs = other[i] ?? NaN;
    if (!(Math.abs(mine / theirs - 1) <= tolerance)) {
      throw new Error(`${what}: row ${i} has ${mine} against ${theirs}`);
    }
  }
}
