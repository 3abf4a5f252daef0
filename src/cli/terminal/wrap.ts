import { displayWidth, splitGraphemes } from "./display-width.ts";
import type { Line, Span } from "./span.ts";

/**
 * Breaks a line at spaces so that each part fits the width; a word that is wider is cut. A line feed in the
 * text breaks in any case.
 */
export function wrap(line: Line, width: number): Line[] {
  const lines: Line[] = [];
  let current: Span[] = [];
  let used = 0;
  let space: Span | null = null;

  const finish = (): void => {
    lines.push(current);
    current = [];
    used = 0;
    space = null;
  };

  for (const word of splitWords(line)) {
    if (word.kind === "break") {
      finish();
      continue;
    }
    if (word.kind === "space") {
      if (used > 0) space = word.span;
      continue;
    }
    let cells = word.spans.reduce((sum, { text }) => sum + displayWidth(text), 0);
    const gap = space === null ? 0 : 1;
    if (used > 0 && used + gap + cells > width) finish();
    else if (space !== null) {
      current.push(space);
      used += 1;
      space = null;
    }
    let rest = word.spans;
    while (cells > width) {
      const [head, tail] = cut(rest, width);
      current.push(...head);
      finish();
      rest = tail;
      cells = rest.reduce((sum, { text }) => sum + displayWidth(text), 0);
    }
    current.push(...rest);
    used += cells;
  }
  if (current.length > 0 || lines.length === 0) lines.push(current);
  return lines;
}

type Word =
  | { readonly kind: "word"; readonly spans: Span[] }
  | { readonly kind: "space"; readonly span: Span }
  | { readonly kind: "break" };

/** Words may run over several spans: `**bold**text` is one. */
function splitWords(line: Line): Word[] {
  const words: Word[] = [];
  for (const one of line) {
    for (const part of one.text.split(/(\n|[ \t]+)/)) {
      if (part === "") continue;
      if (part === "\n") words.push({ kind: "break" });
      else if (/^[ \t]/.test(part)) words.push({ kind: "space", span: { ...one, text: " " } });
      else {
        const last = words.at(-1);
        if (last?.kind === "word") last.spans.push({ ...one, text: part });
        else words.push({ kind: "word", spans: [{ ...one, text: part }] });
      }
    }
  }
  return words;
}

function cut(spans: readonly Span[], width: number): [Span[], Span[]] {
  const head: Span[] = [];
  let left = width;
  for (const [index, one] of spans.entries()) {
    const pieces = splitGraphemes(one.text);
    for (const [at, piece] of pieces.entries()) {
      left -= displayWidth(piece);
      if (left >= 0 || (head.length === 0 && at === 0)) continue;
      if (at > 0) head.push({ ...one, text: pieces.slice(0, at).join("") });
      return [head, [{ ...one, text: pieces.slice(at).join("") }, ...spans.slice(index + 1)]];
    }
    head.push(one);
  }
  return [head, []];
}
