import { at } from "../column.ts";
import type { Finding } from "../finding.ts";
import { filterRows, type Rows } from "../rows.ts";
import { findingAt, stampOf } from "./finding-at.ts";

const NOISE = 1e-9;
const NAMED = 5;

/**
 * Several rows of one time. Equal ones are repaired: the first is kept. Rows that differ are an error, because
 * nothing in them tells which is right, and often every date beyond is shifted as well (a clock change that was
 * written as a date).
 */
export function repairDuplicates(rows: Rows): { rows: Rows; findings: Finding[] } {
  const equal: number[] = [];
  const conflicting: number[] = [];
  for (let i = 1; i < rows.length; i++) {
    if (at(rows.time, i) !== at(rows.time, i - 1)) continue;
    (sameBar(rows, i - 1, i) ? equal : conflicting).push(i);
  }
  const findings: Finding[] = [];
  const [conflict] = conflicting;
  if (conflict !== undefined) {
    const more = conflicting.length > NAMED ? " and further ones" : "";
    const places = conflicting
      .slice(0, NAMED)
      .map((i) => placeOf(rows, i))
      .join(", ");
    findings.push(
      findingAt(rows, conflict - 1, {
        kind: "conflicting-bar",
        severity: "error",
        count: conflicting.length,
        message: `Two rows of one time differ: ${places}${more}. Correct or remove one of them.`,
      }),
    );
  }
  const [first] = equal;
  if (first === undefined) return { rows, findings };
  findings.push(
    findingAt(rows, first, {
      kind: "duplicate-bar",
      severity: "repaired",
      count: equal.length,
      message: "The row repeats the one before; the first was kept.",
    }),
  );
  const repeated = new Set(equal);
  return { rows: filterRows(rows, (i) => !repeated.has(i)), findings };
}

function sameBar(rows: Rows, a: number, b: number): boolean {
  return [rows.open, rows.high, rows.low, rows.close, rows.volume, rows.factor].every(
    (column) => Math.abs(at(column, a) - at(column, b)) <= NOISE * Math.abs(at(column, a)),
  );
}

function placeOf(rows: Rows, index: number): string {
  const [first = 0, second = 0] = [rows.line[index - 1], rows.line[index]];
  return first === 0 ? stampOf(rows, index) : `${stampOf(rows, index)} (lines ${first} and ${second})`;
}
