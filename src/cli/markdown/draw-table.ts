import { displayWidth } from "../terminal/display-width.ts";
import { type Line, lineWidth, pad, plainText, span, withFormats } from "../terminal/span.ts";
import { wrap } from "../terminal/wrap.ts";
import type { Align, Table } from "./block.ts";

const GAP = "  ";
const NARROWEST = 4;

/** A number as people write it: signs of both kinds, thousands, %, x, currency, or a dash for none. */
const NUMERIC = /^[(]?[-−+±]?\s?[$€£]?\s?[-−+]?\d[\d.,]*\s?(%|x|bps|[kKMB])?[)]?$|^([-–—]|n\/a)$/;

/** A table as lines: aligned columns, a rule under the header, cells wrapped where it would be too wide. */
export function drawTable(table: Table, width: number): Line[] {
  const columns = Math.max(table.header.length, ...table.rows.map((row) => row.length));
  const rows = [table.header, ...table.rows];
  const widths = fitWidths(rows, columns, width);
  const aligns = widths.map((cells, c) => {
    // Wrapped prose with a ragged left edge cannot be read, whatever the table asks for.
    const wraps = table.rows.some((row) => widestLine(row[c] ?? []) > cells);
    return wraps ? "left" : alignOf(table, c);
  });
  const header = table.header.some((cell) => lineWidth(cell) > 0)
    ? [
        ...drawRow(
          table.header.map((cell) => withFormats(cell, "bold")),
          widths,
          aligns,
        ),
        [span(widths.map((cells) => "─".repeat(cells)).join(GAP), "dim")],
      ]
    : [];
  return [...header, ...table.rows.flatMap((row) => drawRow(row, widths, aligns))];
}

/** As the table says; where it is silent, numbers stand to the right. */
function alignOf(table: Table, column: number): "left" | "right" | "center" {
  const stated: Align = table.align[column] ?? null;
  if (stated !== null) return stated;
  const cells = table.rows.map((row) => plainText(row[column] ?? []).trim()).filter((text) => text !== "");
  return cells.length > 0 && cells.every((text) => NUMERIC.test(text)) ? "right" : "left";
}

/** Below this a table breaks words. */
export function leastWidth({ header, rows }: Table): number {
  const widths = header.map((_, c) =>
    Math.max(1, ...[header, ...rows].map((row) => longestWord(row[c] ?? []))),
  );
  return widths.reduce((sum, cells) => sum + cells, GAP.length * (widths.length - 1));
}

/** Natural widths; where they do not fit, the widest columns give way first, whole words as long as they can. */
function fitWidths(rows: readonly (readonly Line[])[], columns: number, width: number): number[] {
  const cellWidth = (c: number, measure: (cell: Line) => number): number =>
    Math.max(1, ...rows.map((row) => measure(row[c] ?? [])));
  const indices = Array.from({ length: columns }, (_, c) => c);
  const widths = indices.map((c) => cellWidth(c, widestLine));
  const available = width - GAP.length * (columns - 1);
  shrink(
    widths,
    indices.map((c) => cellWidth(c, longestWord)),
    available,
  );
  shrink(
    widths,
    indices.map(() => NARROWEST),
    available,
  );
  return widths;
}

function shrink(widths: number[], least: readonly number[], available: number): void {
  let excess = widths.reduce((sum, cells) => sum + cells, 0) - available;
  while (excess > 0) {
    let widest = -1;
    for (const [c, cells] of widths.entries()) {
      if (cells > (least[c] ?? 0) && cells > (widths[widest] ?? 0)) widest = c;
    }
    if (widest < 0) return;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess -= 1;
  }
}

function widestLine(cell: Line): number {
  return Math.max(...plainText(cell).split("\n").map(displayWidth));
}

function longestWord(cell: Line): number {
  return Math.max(...plainText(cell).split(/\s+/).map(displayWidth));
}

function drawRow(
  cells: readonly Line[],
  widths: readonly number[],
  aligns: readonly ("left" | "right" | "center")[],
): Line[] {
  const wrapped = widths.map((cellWidth, c) => wrap(cells[c] ?? [], cellWidth));
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, row) => {
    const line = widths.flatMap((cellWidth, c) => [
      ...(c === 0 ? [] : [span(GAP)]),
      ...pad(wrapped[c]?.[row] ?? [], cellWidth, aligns[c] ?? "left"),
    ]);
    return trimEnd(line);
  });
}

/** No spaces at the end of a line: they are noise in a file and wrap in a narrow terminal. */
function trimEnd(line: Line): Line {
  const last = line.findLastIndex(({ text }) => text.trim() !== "");
  return line.slice(0, last + 1);
}
