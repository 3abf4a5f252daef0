import { inline } from "./format.ts";

/** A figure as `format.ts` prints it. */
const FIGURE = /^(?:[+-]?[\d,.]+%?|n\/a)?$/;

/** A table; rows shorter than the head are filled up, columns of figures stand to the right. Empty without rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const line = (cells: readonly string[]): string =>
    `| ${head.map((_name, at) => cells[at] ?? "").join(" | ")} |`;
  const figures = (at: number): boolean => rows.every((cells) => FIGURE.test(cells[at] ?? ""));
  return [line(head), line(head.map((_name, at) => (figures(at) ? "---:" : "---"))), ...rows.map(line)].join(
    "\n",
  );
}

export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

/** A section with its heading; empty where it has nothing to say. */
export function section(heading: string, parts: readonly (string | undefined)[]): string {
  const said = parts.filter((part): part is string => part !== undefined && part !== "");
  return said.length === 0 ? "" : [`## ${heading}`, ...said].join("\n\n");
}

/** The parts of an answer, with empty ones left out. */
export function document(parts: readonly (string | undefined)[]): string {
  return parts.filter((part): part is string => part !== undefined && part !== "").join("\n\n");
}

/** Sentences of a tool as bullets. */
export function quoted(sentences: readonly string[] | undefined): string {
  return bullets((sentences ?? []).map(inline));
}
