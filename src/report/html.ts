/** A piece of a page that is already escaped. */
export interface Html {
  readonly html: string;
}

export type Piece = Html | string | number | null | readonly Piece[];

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as it may stand in an element or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** A template whose values are escaped, except those that are HTML themselves; null is nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Piece[]): Html {
  return { html: strings.map((text, i) => text + show(values[i] ?? null)).join("") };
}

/** Markup made elsewhere, such as an SVG, taken as it is. */
export function raw(markup: string): Html {
  return { html: markup };
}

function show(piece: Piece): string {
  if (piece === null) return "";
  if (typeof piece === "string") return escapeHtml(piece);
  if (typeof piece === "number") return String(piece);
  if (isMany(piece)) return piece.map(show).join("");
  return piece.html;
}

function isMany(piece: Html | readonly Piece[]): piece is readonly Piece[] {
  return Array.isArray(piece);
}
