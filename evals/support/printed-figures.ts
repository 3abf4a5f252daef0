/** A figure as a reader of an answer sees it. */
export interface PrintedFigure {
  /** With its sign and unit, as it stands there. */
  readonly text: string;
  /** In the unit written: 12.3 of "12.3%". Its sign is that of the text. */
  readonly value: number;
  /** Whether a sign is written: an unsigned figure may be the size of a loss. */
  readonly signed: boolean;
  /** Digits behind the point. */
  readonly decimals: number;
  /** What one of the unit is: 0.01 for percent, 0.0001 for basis points, 1e6 for a million, 1 without a unit. */
  readonly scale: number;
  /** First cell of the table's row that it stands in; null outside tables. */
  readonly row: string | null;
}

const UNITS: Readonly<Record<string, number>> = {
  "%": 0.01,
  percent: 0.01,
  pct: 0.01,
  bps: 1e-4,
  bp: 1e-4,
  k: 1e3,
  K: 1e3,
  m: 1e6,
  M: 1e6,
  million: 1e6,
  b: 1e9,
  B: 1e9,
  bn: 1e9,
  billion: 1e9,
};

const FIGURE = /^([+\-−±~≈]?)[$€£]?([+\-−]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(%|bps?|bn|[kKmMbB]|x)?$/;

/** What surrounds a figure in a sentence, a list or Markdown. */
const WRAPPING = /^[\s("'*_`[{<>=|#]+|[\s)"'*_`\]}.,;:!?|]+$/g;

/**
 * Reads the figures of an answer word by word. Dates, times, names with digits (SIM500, Q1), ranges of years and the numbers
 * of a list's items are no figures; "63-day" holds 63, and "10/30" holds two.
 */
export function printedFigures(markdown: string): PrintedFigure[] {
  return markdown.split("\n").flatMap((line) => {
    const text = line.replace(/^\s*\d+[.)]\s/, "");
    if (!/^\s*\|/.test(text)) return figuresOf(text, null);
    const cells = text.split("|").slice(1, -1);
    const row = (cells[0] ?? "").trim();
    return cells.flatMap((cell) => figuresOf(cell, row));
  });
}

function figuresOf(text: string, row: string | null): PrintedFigure[] {
  const words = text
    .split(/\s+/)
    .flatMap((word) => parts(word.replaceAll(WRAPPING, "")))
    .filter((word) => word !== "");
  return words.flatMap((word, index) => {
    const match = FIGURE.exec(word);
    if (match === null) return [];
    const [, before = "", after = "", whole = "", fraction = "", suffix] = match;
    const next = words[index + 1] ?? "";
    const unit = suffix ?? (/^(?:percent|pct|bps?|million|billion|bn)$/.test(next) ? next : "");
    const points = next === "basis" && words[index + 2]?.startsWith("point") === true;
    const sign = `${before}${after}`;
    const size = Number(`${whole.replaceAll(",", "")}${fraction}`);
    return [
      {
        text: word,
        value: /[-−]/.test(sign) ? -size : size,
        signed: /[+\-−]/.test(sign),
        decimals: Math.max(0, fraction.length - 1),
        scale: points ? 1e-4 : (UNITS[unit] ?? 1),
        row,
      },
    ];
  });
}

/** A word with more than one figure in it, or with one before a hyphen, taken apart. */
function parts(word: string): string[] {
  if (/^\d+(?:\.\d+)?(?:\/\d+(?:\.\d+)?)+$/.test(word)) return word.split("/");
  const counted = /^(\d+(?:\.\d+)?%?)-[A-Za-z]+$/.exec(word)?.[1];
  return counted === undefined ? [word] : [counted];
}

/**
 * Whether a figure reads like an exact one: rounded, half up or half down, to the digits written, in the unit written. A
 * written sign must be that of the exact figure; an unsigned figure is compared by size. A whole number without a unit stands
 * for a whole number, or for one of at least ten: "0" is not how 0.3 is told.
 */
export function readsLike(printed: PrintedFigure, exact: number): boolean {
  const inUnit = exact / printed.scale;
  if (printed.scale === 1 && printed.decimals === 0 && Math.abs(exact) < 10 && !Number.isInteger(exact))
    return false;
  const half = 0.5 * 10 ** -printed.decimals * (1 + 1e-9) + 1e-12;
  const apart = printed.signed
    ? Math.abs(inUnit - printed.value)
    : Math.abs(Math.abs(inUnit) - Math.abs(printed.value));
  return apart <= half;
}
