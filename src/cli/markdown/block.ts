import type { Line } from "../terminal/span.ts";

export type Align = "left" | "right" | "center" | null;

export interface Table {
  readonly kind: "table";
  readonly align: readonly Align[];
  readonly header: readonly Line[];
  readonly rows: readonly (readonly Line[])[];
}

export interface ListItem {
  readonly mark: string;
  readonly blocks: readonly Block[];
}

/** What a text consists of. Markdown and reports are both turned into blocks, and blocks are drawn. */
export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly text: Line }
  | { readonly kind: "paragraph"; readonly text: Line }
  | { readonly kind: "list"; readonly items: readonly ListItem[] }
  | { readonly kind: "quote"; readonly blocks: readonly Block[] }
  | { readonly kind: "code"; readonly lines: readonly string[] }
  | { readonly kind: "rule" }
  | Table;
