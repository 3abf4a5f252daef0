import { printedFigures, type PrintedFigure, readsLike } from "./printed-figures.ts";

interface Known {
  readonly value: number;
  /** The symbol that it is a figure of; null where it is of no single one. */
  readonly symbol: string | null;
}

/** Every figure that tools have returned, each with the symbol that it belongs to. */
export class KnownFigures {
  readonly #known: Known[] = [];
  readonly #symbols = new Set<string>();
  readonly #years = new Set<number>();

  /** @param results what tools returned, and what the person said */
  constructor(results: readonly unknown[]) {
    for (const result of results) this.#findSymbols(result);
    for (const result of results) this.#add(result, null);
  }

  /**
   * The figures of an answer that trace to no result. A figure in a row that begins with a symbol must be one of that symbol;
   * any other may be of any.
   */
  untraced(answer: string): string[] {
    const names = new Set(this.#symbols);
    return printedFigures(answer).flatMap((printed) => {
      const symbol = printed.row !== null && names.has(printed.row) ? printed.row : null;
      if (this.#covers(printed, symbol)) return [];
      return [symbol === null ? printed.text : `${printed.text} of ${symbol}`];
    });
  }

  #covers(printed: PrintedFigure, symbol: string | null): boolean {
    if (symbol === null && printed.scale === 1 && this.#years.has(printed.value)) return true;
    return this.#known.some(
      (one) => (symbol === null || one.symbol === symbol) && readsLike(printed, one.value),
    );
  }

  #findSymbols(item: unknown): void {
    if (typeof item !== "object" || item === null) return;
    for (const [key, inner] of Object.entries(item)) {
      if (key === "symbol" && typeof inner === "string") this.#symbols.add(inner);
      this.#findSymbols(inner);
    }
  }

  #add(item: unknown, symbol: string | null): void {
    if (typeof item === "number") this.#known.push({ value: item, symbol });
    else if (typeof item === "string") this.#addText(item, symbol);
    else if (Array.isArray(item)) {
      this.#known.push({ value: item.length, symbol });
      for (const inner of item) this.#add(inner, symbol);
    } else if (typeof item === "object" && item !== null) {
      const own: unknown = "symbol" in item ? item.symbol : symbol;
      const owner = typeof own === "string" ? own : null;
      for (const [key, inner] of Object.entries(item)) {
        // Such a field is in the unit of its name; all others are in plain numbers and fractions.
        const value: unknown = /bps$/i.test(key) && typeof inner === "number" ? inner / 1e4 : inner;
        this.#add(value, this.#symbols.has(key) ? key : owner);
      }
    }
  }

  /** A sentence of a tool: its figures are known as they are written there, and so are the years of its dates. */
  #addText(text: string, symbol: string | null): void {
    for (const [year] of text.matchAll(/\b(?:19|20)\d\d(?=-\d\d\b|\b)/g)) this.#years.add(Number(year));
    for (const { value, scale } of printedFigures(text)) this.#known.push({ value: value * scale, symbol });
  }
}
