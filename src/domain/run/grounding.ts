/**
 * Finds the figures of an answer that no tool returned (promise 2: code computes, the model chooses).
 *
 * A figure counts as returned where some number, or a number inside some text, of the evidence prints as it at
 * the digits written: 0.12345 covers "12.3%", "0.123" and "12.35"; 98765.4 covers "98,765", "98.8k" and "$98,765.40".
 * The sign may stand in words ("a loss of 12.3%"). Dates, times and identifiers are not figures.
 */
export function unverifiedFigures(answer: string, evidence: readonly unknown[]): string[] {
  const known = new KnownNumbers();
  for (const item of evidence) known.add(item);
  const unverified: string[] = [];
  for (const figure of figuresIn(answer)) {
    if (!known.covers(figure) && !unverified.includes(figure.text)) unverified.push(figure.text);
  }
  return unverified;
}

interface Figure {
  readonly text: string;
  readonly value: number;
  /** Digits behind the point, in the unit written. */
  readonly decimals: number;
  /** What the written number is multiplied with: 0.01 for percent, 0.0001 for basis points, 1e3 for k … */
  readonly scales: readonly number[];
}

const NUMBER =
  /[-−+]?\$?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?:\s?(%|percent|bps|basis points|[kKmMbB](?![A-Za-z])|million|billion))?/g;

/** Dates, times, ids, hex strings and words with digits in them (Q1, SIM500, sha, v1.2.3) are left out. */
const NOT_FIGURES =
  /\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?|\b\d{1,2}:\d{2}(?::\d{2})?\b|\b\d+(?:\.\d+){2,}\b|(?<![\w.,])(?=[\w-]*[A-Za-z])(?=[\w-]*\d)(?!\d[\d,.]*(?:[kKmMbB]|bps)\b)[A-Za-z\d][\w-]*/g;

function* figuresIn(answer: string): Generator<Figure> {
  const text = answer.replaceAll(NOT_FIGURES, (match) => " ".repeat(match.length));
  for (const match of text.matchAll(NUMBER)) {
    const [whole, integer = "", fraction = "", unit] = match;
    yield {
      text: whole.trim(),
      value: Math.abs(Number(integer.replaceAll(",", "") + fraction)),
      decimals: Math.max(0, fraction.length - 1),
      scales: scalesOf(unit),
    };
  }
}

function scalesOf(unit: string | undefined): number[] {
  switch (unit?.toLowerCase()) {
    case "%":
    case "percent":
      return [0.01, 1];
    case "bps":
    case "basis points":
      return [0.0001, 1];
    case "k":
      return [1e3];
    case "m":
    case "million":
      return [1e6];
    case "b":
    case "billion":
      return [1e9];
    default:
      return [1];
  }
}

class KnownNumbers {
  readonly #values = new Set<number>();

  add(item: unknown): void {
    if (typeof item === "number") this.#values.add(Math.abs(item));
    else if (typeof item === "string") {
      for (const figure of figuresIn(item)) {
        for (const scale of figure.scales) this.#values.add(figure.value * scale);
      }
      // The years and days of dates may be spoken of on their own ("in 2024").
      for (const [year] of item.matchAll(/\b(?:19|20)\d{2}\b/g)) this.#values.add(Number(year));
    } else if (Array.isArray(item)) {
      // "20 symbols": counting what a tool has listed.
      this.#values.add(item.length);
      for (const inner of item) this.add(inner);
    } else if (typeof item === "object" && item !== null) {
      for (const [key, inner] of Object.entries(item)) {
        this.add(inner);
        for (const [digits] of key.matchAll(/\d+(?:\.\d+)?/g)) this.#values.add(Number(digits));
      }
    }
  }

  /** Whether some known number, written in the figure's unit and digits, reads like the figure. */
  covers(figure: Figure): boolean {
    const tolerance = 0.5 * 10 ** -figure.decimals * (1 + 1e-9) + 1e-12;
    for (const scale of figure.scales) {
      for (const value of this.#values) {
        if (Math.abs(value / scale - figure.value) <= tolerance) return true;
      }
    }
    return false;
  }
}
