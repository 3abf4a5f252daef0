import { PRICE_FIELDS } from "../bars.ts";
import type { Column } from "../column.ts";
import type { Finding } from "../finding.ts";
import type { Rows } from "../rows.ts";
import { findingAt } from "./finding-at.ts";

/**
 * Cells that hold no number, prices that are not positive, adjustment factors likewise, and negative volumes. All
 * are errors: what the number should have been cannot be known.
 */
export function checkNumbers(rows: Rows): Finding[] {
  if (areSound(rows)) return [];
  const findings: Finding[] = [];
  const isFault = (i: number): boolean => rows.faults.has(rows.line[i] ?? 0);
  const report = (
    kind: Finding["kind"],
    wrong: (index: number) => boolean,
    message: (index: number) => string,
  ): void => {
    let first = -1;
    let count = 0;
    for (let i = 0; i < rows.length; i++) {
      if (!wrong(i)) continue;
      if (first < 0) first = i;
      count += 1;
    }
    if (count > 0)
      findings.push(findingAt(rows, first, { kind, severity: "error", count, message: message(first) }));
  };

  if (rows.faults.size > 0) report("not-a-number", isFault, (i) => faultIn(rows, i));
  const numbers: [string, Column][] = [
    ...PRICE_FIELDS.map((field): [string, Column] => [field, rows[field]]),
    ["volume", rows.volume],
    ["adjusted price / price", rows.factor],
  ];
  for (const [name, column] of numbers) {
    if (name !== "close" && column === rows.close) continue;
    const value = (i: number): number => column[i] ?? NaN;
    report(
      "not-a-number",
      (i) => !Number.isFinite(value(i)) && !isFault(i),
      () => `There is no finite number for ${name}.`,
    );
    if (name === "volume") {
      report(
        "negative-volume",
        (i) => value(i) < 0,
        (i) => `The volume is ${value(i)}.`,
      );
    } else {
      report(
        "non-positive-price",
        (i) => value(i) <= 0,
        (i) => `${name} is ${value(i)}, not above zero.`,
      );
    }
  }
  return findings;
}

function areSound(rows: Rows): boolean {
  if (rows.faults.size > 0) return false;
  for (const column of [rows.open, rows.high, rows.low, rows.close, rows.factor]) {
    for (let i = 0; i < column.length; i++) {
      const value = column[i] ?? NaN;
      if (!(value > 0 && value < Infinity)) return false;
    }
  }
  for (let i = 0; i < rows.length; i++) {
    const volume = rows.volume[i] ?? NaN;
    if (!(volume >= 0 && volume < Infinity)) return false;
  }
  return true;
}

function faultIn(rows: Rows, index: number): string {
  const fault = rows.faults.get(rows.line[index] ?? 0);
  if (fault === undefined) return "There is no number.";
  if (fault.column === null) return `The row has more or fewer cells than the header: "${fault.text}".`;
  if (fault.text.trim() === "") return `The column "${fault.column}" is empty.`;
  return `"${fault.text}" in column "${fault.column}" is no number.`;
}
