import type { Finding } from "../finding.ts";
import type { Rows } from "../rows.ts";
import { findingAt } from "./finding-at.ts";

/**
 * Rows that stood in another order in their file than in time. They are sorted by now; newest first is a custom of
 * its own (a note), any other order is reported as repaired.
 */
export function checkRowOrder(rows: Rows): Finding[] {
  let falls = 0;
  let first = 0;
  for (let i = 1; i < rows.length; i++) {
    if ((rows.line[i] ?? 0) >= (rows.line[i - 1] ?? 0)) continue;
    if (falls === 0) first = i;
    falls += 1;
  }
  if (falls === 0) return [];
  if (falls === rows.length - 1) {
    const message = "The file has the newest rows first; they were turned round.";
    return [findingAt(rows, rows.length - 1, { kind: "unsorted-rows", severity: "note", message })];
  }
  const message = "Rows do not ascend in time; they were sorted.";
  return [findingAt(rows, first, { kind: "unsorted-rows", severity: "repaired", count: falls, message })];
}
