import { displayWidth, splitGraphemes } from "./display-width.ts";

export type Format =
  "bold" | "dim" | "italic" | "underline" | "strikethrough" | "inverse" | "red" | "green" | "yellow" | "cyan";

/** A piece of text that is set in one way. */
export interface Span {
  readonly text: string;
  readonly formats?: readonly Format[];
}

/** One line on the screen. */
export type Line = readonly Span[];

export function span(text: string, ...formats: Format[]): Span {
  return formats.length === 0 ? { text } : { text, formats };
}

export function plainText(line: Line): string {
  return line.map(({ text }) => text).join("");
}

export function lineWidth(line: Line): number {
  return line.reduce((sum, { text }) => sum + displayWidth(text), 0);
}

/** The line with formats added to all of it. */
export function withFormats(line: Line, ...formats: Format[]): Line {
  return line.map((one) => ({ text: one.text, formats: [...(one.formats ?? []), ...formats] }));
}

/** Cuts a line to a width, ending it in an ellipsis where something is lost. */
export function truncate(line: Line, width: number): Line {
  if (lineWidth(line) <= width) return line;
  const kept: Span[] = [];
  let left = width - 1;
  for (const one of line) {
    let text = "";
    for (const grapheme of splitGraphemes(one.text)) {
      const cells = displayWidth(grapheme);
      if (cells > left) return [...kept, { ...one, text: `${text}…` }];
      text += grapheme;
      left -= cells;
    }
    kept.push({ ...one, text });
  }
  return kept;
}

/** Fills a line with spaces up to a width. */
export function pad(line: Line, width: number, align: "left" | "right" | "center" = "left"): Line {
  const missing = width - lineWidth(line);
  if (missing <= 0) return line;
  const before = align === "left" ? 0 : align === "right" ? missing : Math.floor(missing / 2);
  const after = missing - before;
  return [
    ...(before > 0 ? [span(" ".repeat(before))] : []),
    ...line,
    ...(after > 0 ? [span(" ".repeat(after))] : []),
  ];
}
