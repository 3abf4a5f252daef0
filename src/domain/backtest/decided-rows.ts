/**
 * Counts the rows with a decision, each once: those of weights as they are taken up, those of orders as they are
 * placed.
 */
export class DecidedRows {
  count = 0;
  #weighed = -1;
  readonly #ordered = new Set<number>();

  /** @param row ascending from call to call */
  weigh(row: number): void {
    if (row !== this.#weighed && !this.#ordered.has(row)) this.count += 1;
    this.#weighed = row;
  }

  order(row: number): void {
    if (row !== this.#weighed && !this.#ordered.has(row)) this.count += 1;
    this.#ordered.add(row);
  }
}
