import { at, type Column } from "../../../market/column.ts";

/**
 * Where each entry of a column stands among the others as an interval of probability, by weight: drawing entry t with
 * probability weight[t] and then a point within its interval gives a number that is uniform over [0, 1). That turns
 * dates drawn for all symbols together into probabilities for each that keep who moves with whom.
 */
export class RankTable {
  readonly #below: Column;
  readonly #width: Column;

  /** @param weights at least 0, with a sum above 0 */
  constructor(values: Column, weights: Column) {
    const order = Array.from(values.keys()).sort((a, b) => at(values, a) - at(values, b));
    let total = 0;
    for (const weight of weights) total += weight;
    this.#below = new Float64Array(values.length);
    this.#width = weights.map((weight) => weight / total);
    let below = 0;
    for (const t of order) {
      this.#below[t] = below;
      below += at(this.#width, t);
    }
  }

  /** @param within a number in [0, 1) @returns a probability strictly between 0 and 1 */
  probability(t: number, within: number): number {
    const probability = (this.#below[t] ?? NaN) + within * (this.#width[t] ?? NaN);
    return Math.min(1 - 1e-12, Math.max(1e-12, probability));
  }
}
