import { printable } from "../terminal/printable.ts";
import { type Format, type Line, span } from "../terminal/span.ts";
import type { Align, Block, Table } from "./block.ts";

/** Short ways to write blocks in code. Texts are made printable: they may come from a file or a model. */
export function cell(text: string, ...formats: Format[]): Line {
  return [span(printable(text), ...formats)];
}

export function heading(text: string, level = 2): Block {
  return { kind: "heading", level, text: cell(text) };
}

export function paragraph(...text: Line[]): Block {
  return { kind: "paragraph", text: text.flat() };
}

export function bullets(texts: readonly string[]): Block {
  return {
    kind: "list",
    items: texts.map((text) => ({ mark: "•", blocks: [paragraph(cell(text))] })),
  };
}

/** Columns by name and alignment: `["Symbol", "left"]`. */
export function table(
  columns: readonly (readonly [name: string, align: Align])[],
  rows: readonly (readonly Line[])[],
): Table {
  return {
    kind: "table",
    align: columns.map(([, align]) => align),
    header: columns.map(([name]) => cell(name)),
    rows,
  };
}

/** A table of facts: names to the left, no header. */
export function facts(rows: readonly (readonly [name: string, value: Line])[]): Block {
  return {
    kind: "table",
    align: ["left", "left"],
    header: [],
    rows: rows.map(([name, value]) => [cell(name, "dim"), value]),
  };
}
