interface Ranked<T> {
  readonly score: number;
  readonly item: T;
}

/** The best of many, in memory for some of them: higher scores first, then those that came first. */
export class Best<T> {
  readonly #size: number;
  #held: Ranked<T>[] = [];

  constructor(size: number) {
    this.#size = size;
  }

  add(score: number, item: T): void {
    this.#held.push({ score, item });
    if (this.#held.length > 2 * this.#size + 64) this.#held = this.sorted();
  }

  sorted(): Ranked<T>[] {
    // Stable: of equal scores the earlier stays before the later.
    return this.#held.sort((one, other) => other.score - one.score).slice(0, this.#size);
  }
}
