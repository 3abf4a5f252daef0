import { type Grid, numberAt, placesAt } from "./grid.ts";
import { fieldAt, lessIsBetter, SCORE_SIZE, type ScoreField } from "./score.ts";

/** What a sweep found out, by one figure: k is the place of a combination in `grid.taken`. */
export class SweepResults {
  readonly grid: Grid;
  readonly metric: ScoreField;
  readonly count: number;
  readonly #scores: Float64Array;
  readonly #field: number;
  /** By number in the grid the place among those taken, or -1. */
  readonly #place: Int32Array;
  /** By axis whether its values have an order. */
  readonly #ordered: readonly boolean[];

  constructor(grid: Grid, scores: Float64Array, metric: ScoreField) {
    this.grid = grid;
    this.metric = metric;
    this.count = grid.taken.length;
    this.#scores = scores;
    this.#field = fieldAt(metric);
    this.#ordered = grid.axes.map(({ values }) => values.every((one) => typeof one === "number"));
    const size = grid.axes.reduce((product, { values }) => product * values.length, 1);
    this.#place = new Int32Array(size).fill(-1);
    for (const [k, number] of grid.taken.entries()) this.#place[number] = k;
  }

  /** A figure of a combination, NaN where it has none. */
  figure(k: number, field: ScoreField): number {
    return this.#scores[SCORE_SIZE * k + fieldAt(field)] ?? NaN;
  }

  /** The chosen figure of a combination: NaN where it has none, the worst there can be where all was lost. */
  value(k: number): number {
    if (this.lost(k)) return lessIsBetter(this.metric) ? Infinity : -Infinity;
    return this.#scores[SCORE_SIZE * k + this.#field] ?? NaN;
  }

  /** Whether a combination lost everything: it then has no returns, and so no volatility. */
  lost(k: number): boolean {
    return this.figure(k, "totalReturn") <= 0 && Number.isNaN(this.figure(k, "volatility"));
  }

  /** Combinations in the grid, those that the strategy refuses included. */
  get gridSize(): number {
    return this.#place.length;
  }

  /** The place of a combination by its number in the grid, or -1 where the strategy refuses it. */
  placeOf(number: number): number {
    return this.#place[number] ?? -1;
  }

  /** How much better the value a is than b; NaN comes last. */
  better(a: number, b: number): number {
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
    if (a === b) return 0;
    return lessIsBetter(this.metric) ? b - a : a - b;
  }

  /** Places by value, the best first; equal ones in the order of the grid. */
  ranking(value: (k: number) => number = (k) => this.value(k)): Int32Array {
    const values = Float64Array.from({ length: this.count }, (_, k) => value(k));
    return Int32Array.from(values, (_, k) => k).sort(
      (a, b) => this.better(values[b] ?? NaN, values[a] ?? NaN) || a - b,
    );
  }

  /** The median of the value over all combinations that have one; NaN of none. */
  median(): number {
    return medianOf(Array.from({ length: this.count }, (_, k) => this.value(k)));
  }

  /** Combinations of which something is true. */
  countOf(is: (k: number) => boolean): number {
    let found = 0;
    for (let k = 0; k < this.count; k += 1) if (is(k)) found += 1;
    return found;
  }

  /**
   * Combinations one step away in one or two parameters with ordered values: a good one among good ones is more
   * likely to go on than a good one alone.
   */
  neighbours(k: number): number[] {
    const { axes, taken } = this.grid;
    const places = placesAt(axes, taken[k] ?? -1);
    const found: number[] = [];
    const look = (a: number, stepped: number): void => {
      if (stepped === 2) return;
      for (let axis = a; axis < axes.length; axis += 1) {
        if (this.#ordered[axis] !== true) continue;
        const length = axes[axis]?.values.length ?? 0;
        const here = places[axis] ?? 0;
        for (const place of [here - 1, here + 1]) {
          if (place < 0 || place >= length) continue;
          places[axis] = place;
          const neighbour = this.placeOf(numberAt(axes, places));
          if (neighbour >= 0) found.push(neighbour);
          look(axis + 1, stepped + 1);
        }
        places[axis] = here;
      }
    };
    look(0, 0);
    return found;
  }

  /** The median of the value among the neighbours; NaN without any. */
  neighbourMedian(k: number): number {
    return medianOf(this.neighbours(k).map((neighbour) => this.value(neighbour)));
  }
}

/** The median of the numbers among values. */
export function medianOf(values: readonly number[]): number {
  const known = Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort();
  const middle = known.length / 2;
  const high = known[Math.floor(middle)] ?? NaN;
  return known.length % 2 === 1 ? high : ((known[middle - 1] ?? NaN) + high) / 2;
}
