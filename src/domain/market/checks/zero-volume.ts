import type { Finding } from "../finding.ts";
import type { Rows } from "../rows.ts";
import { findingAt } from "./finding-at.ts";

/** Bars without a trade in a series that has volume otherwise: a note. */
export function checkZeroVolume(rows: Rows): Finding[] {
  let first = -1;
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    if (rows.volume[i] !== 0) continue;
    if (first < 0) first = i;
    count += 1;
  }
  if (count === 0 || count === rows.length) return [];
  const message = "The volume is 0; kept as it is.";
  return [findingAt(rows, first, { kind: "zero-volume", severity: "note", count, message })];
}
