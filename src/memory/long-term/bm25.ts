/** Saturation of repeated words, and how far the length of a text counts: the values of Lucene. */
const K1 = 1.2;
const B = 0.75;

/** A text that holds a word of the query. */
interface Hit<T> {
  readonly item: T;
  /** In words. */
  readonly length: number;
  /** How often it holds each word of the query. */
  readonly counts: readonly number[];
}

/** Words of a text: runs of letters, marks and digits of any script, in lower case (NFKC). */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  );
}

/**
 * Ranks texts by the words of a query with Okapi BM25 as Lucene's BM25Similarity computes it: the sum over the words
 * of idf * tf / (tf + k1 * (1 - b + b * length / mean length)), with idf = ln(1 + (N - n + 0.5) / (n + 0.5)),
 * k1 = 1.2 and b = 0.75 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009).
 * Lengths are exact, and a word that the query repeats counts once. Texts come one by one; of those without a word of
 * the query nothing is held.
 */
export class Bm25<T> {
  readonly #words: readonly string[];
  readonly #holding: number[];
  readonly #hits: Hit<T>[] = [];
  #texts = 0;
  #length = 0;

  constructor(query: string) {
    this.#words = [...new Set(wordsOf(query))];
    this.#holding = this.#words.map(() => 0);
  }

  add(item: T, texts: readonly string[]): void {
    const words = texts.flatMap(wordsOf);
    if (words.length === 0) return;
    this.#texts += 1;
    this.#length += words.length;
    const counts = this.#words.map((wanted) => words.reduce((n, word) => (word === wanted ? n + 1 : n), 0));
    if (counts.every((count) => count === 0)) return;
    for (const [at, count] of counts.entries())
      if (count > 0) this.#holding[at] = (this.#holding[at] ?? 0) + 1;
    this.#hits.push({ item, length: words.length, counts });
  }

  /** Those that hold a word of the query, with their scores, in the order in which they came. */
  scores(): { readonly item: T; readonly score: number }[] {
    const mean = this.#length / this.#texts;
    const weights = this.#holding.map((n) => Math.log(1 + (this.#texts - n + 0.5) / (n + 0.5)));
    return this.#hits.map(({ item, length, counts }) => {
      const slack = K1 * (1 - B + (B * length) / mean);
      const score = counts.reduce(
        (sum, count, at) => sum + ((weights[at] ?? 0) * count) / (count + slack),
        0,
      );
      return { item, score };
    });
  }
}
