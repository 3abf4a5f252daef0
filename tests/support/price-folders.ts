import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sessionDates } from "./price-rows.ts";

export const HEADER = "date,open,high,low,close,volume";

/** Where the rows of `goodRows` begin and end. */
export const FIRST = "2024-01-02";
export const LAST = "2024-12-31";

/** A year of daily rows, 2024-01-02 on line 2, to be spoiled. */
export function goodRows(): string[] {
  return sessionDates(FIRST, 252).map((date, i) => {
    const [open, close] = [i, i + 1].map((at) => 100 + 20 * Math.sin(at / 17) + at / 10);
    const [high, low] = [Math.max(open ?? 0, close ?? 0) + 1, Math.min(open ?? 0, close ?? 0) - 1];
    return [date, ...[open, high, low, close].map((price) => price?.toFixed(2)), 1_000_000 + i].join(",");
  });
}

export function csv(rows: readonly string[], header = HEADER): string {
  return `${[header, ...rows].join("\n")}\n`;
}

/** The rows with one cell of the row at `line` (2 is the first) replaced. */
export function withCell(line: number, column: string, text: string): string[] {
  const cell = HEADER.split(",").indexOf(column);
  return goodRows().map((row, i) => (i === line - 2 ? row.split(",").with(cell, text).join(",") : row));
}

/** A folder for temporary files with the given content; null makes a folder of that name. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array | null>>): string {
  const folder = mkdtempSync(join(tmpdir(), "finagent-test-"));
  for (const [name, content] of Object.entries(files)) {
    if (content === null) mkdirSync(join(folder, name));
    else writeFileSync(join(folder, name), content);
  }
  return folder;
}
