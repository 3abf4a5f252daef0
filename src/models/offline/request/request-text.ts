/** Stands for words that a reader has used up; no pattern matches it as a word or as space. */
const USED = "¦";

/**
 * The words of one request, read by one reader after another. What a reader takes is used up, so that the `10`
 * of "SMA 10/30" is never read as a capital and the `Q1` of "Q1 2024" never as a symbol.
 */
export class RequestText {
  readonly original: string;
  #rest: string;

  constructor(text: string) {
    this.original = plain(text);
    this.#rest = this.original;
  }

  /** The words that nobody has taken yet, at their original places. */
  get rest(): string {
    return this.#rest;
  }

  /** The first match in the remaining words, now used up; undefined where there is none. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    const match = pattern.exec(this.#rest);
    if (match === null || match[0] === "") return undefined;
    this.use(match.index, match.index + match[0].length);
    return match;
  }

  /** All matches, each used up before the next is looked for. */
  takeAll(pattern: RegExp): RegExpExecArray[] {
    const taken: RegExpExecArray[] = [];
    for (;;) {
      const match = this.take(pattern);
      if (match === undefined) return taken;
      taken.push(match);
    }
  }

  has(pattern: RegExp): boolean {
    return pattern.test(this.#rest);
  }

  /** Uses up the characters `from <= index < to`. */
  use(from: number, to: number): void {
    this.#rest = this.#rest.slice(0, from) + USED.repeat(to - from) + this.#rest.slice(to);
  }

  /** Leaves the characters `from <= index < to` to other readers again. */
  giveBack(from: number, to: number): void {
    this.#rest = this.#rest.slice(0, from) + this.original.slice(from, to) + this.#rest.slice(to);
  }
}

/** Typographic quotes, dashes and spaces as their plain forms; everything else stays as it is. */
function plain(text: string): string {
  return text
    .replaceAll(/[\u2018\u2019\u201A\u2032]/g, "'")
    .replaceAll(/[\u201C\u201D\u201E]/g, '"')
    .replaceAll(/[\u2010-\u2015\u2212]/g, "-")
    .replaceAll(/\s/g, " ")
    .replaceAll(USED, " ");
}
