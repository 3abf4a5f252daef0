/**
 * Picks the greatest of many values, again and again. The pick before is where the next one starts, as ranks change
 * little from day to day: a value that is not among the greatest then costs one comparison.
 */
export class TopRanked {
  /** A heap of indices with the least of the picked at its root. */
  readonly #heap: Int32Array;
  readonly #picked: Uint8Array;
  #size = 0;

  /**
   * @param count how many values there are
   * @param top how many of them are picked
   */
  constructor(count: number, top: number) {
    this.#heap = new Int32Array(Math.min(count, top));
    this.#picked = new Uint8Array(count);
  }

  /**
   * The indices of the greatest values above `floor`, in no order; among equal values the lower indices. NaN is
   * never picked. The result is overwritten by the next call.
   */
  pick(values: Float64Array, floor: number): Int32Array {
    const picked = this.#picked;
    const heap = this.#heap;
    const before = this.#size;
    this.#size = 0;
    for (let k = 0; k < before; k += 1) {
      const index = heap[k] ?? 0;
      if ((values[index] ?? NaN) > floor) this.#push(values, index);
      else picked[index] = 0;
    }
    let index = 0;
    for (; index < values.length && this.#size < heap.length; index += 1) {
      if (picked[index] !== 0 || !((values[index] ?? NaN) > floor)) continue;
      picked[index] = 1;
      this.#push(values, index);
    }
    if (this.#size === heap.length && heap.length > 0) {
      let least = values[heap[0] ?? 0] ?? NaN;
      for (; index < values.length; index += 1) {
        const value = values[index] ?? NaN;
        if (!(value >= least) || picked[index] !== 0) continue;
        const root = heap[0] ?? 0;
        if (value === least && index > root) continue;
        picked[root] = 0;
        picked[index] = 1;
        this.#sink(values, 0, index);
        least = values[heap[0] ?? 0] ?? NaN;
      }
    }
    return heap.subarray(0, this.#size);
  }

  /** The heap's entries below `size` that are read later lie at or above the one written here. */
  #push(values: Float64Array, index: number): void {
    const heap = this.#heap;
    let place = this.#size;
    this.#size += 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = heap[parent] ?? 0;
      if (!isLess(values, index, above)) break;
      heap[place] = above;
      place = parent;
    }
    heap[place] = index;
  }

  #sink(values: Float64Array, from: number, index: number): void {
    const heap = this.#heap;
    const size = this.#size;
    let place = from;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= size) break;
      if (child + 1 < size && isLess(values, heap[child + 1] ?? 0, heap[child] ?? 0)) child += 1;
      const below = heap[child] ?? 0;
      if (!isLess(values, below, index)) break;
      heap[place] = below;
      place = child;
    }
    heap[place] = index;
  }
}

/** Whether the value at index `a` ranks below that at `b`. */
function isLess(values: Float64Array, a: number, b: number): boolean {
  const one = values[a] ?? NaN;
  const other = values[b] ?? NaN;
  return one < other || (one === other && a > b);
}
