import type { Column } from "../market/column.ts";

/** From so many values on a sample is looked at first, as the algorithm's authors have it. */
const MANY = 600;

/**
 * Reorders values in place so that `values[rank]` is what sorting would put there, nothing before it is larger and
 * nothing after it smaller; several times faster than to sort them. Floyd and Rivest, Algorithm 489, Communications
 * of the ACM 18 (1975): the pivot comes out of a sample around the rank, so that most values lie on one side.
 * @param rank from 0
 */
export function selectSmallest(values: Column, rank: number): void {
  selectWithin(values, rank, 0, values.length - 1);
}

function selectWithin(values: Column, rank: number, from: number, to: number): void {
  let low = from;
  let high = to;
  while (low < high) {
    if (high - low > MANY) {
      const count = high - low + 1;
      const place = rank - low + 1;
      const log = Math.log(count);
      const sample = 0.5 * Math.exp((2 * log) / 3);
      const spread =
        0.5 * Math.sqrt((log * sample * (count - sample)) / count) * Math.sign(place - count / 2);
      const first = Math.floor(rank - (place * sample) / count + spread);
      const last = Math.floor(rank + ((count - place) * sample) / count + spread);
      selectWithin(values, rank, Math.max(low, first), Math.min(high, last));
    }
    const pivot = values[rank] ?? NaN;
    let left = low;
    let right = high;
    while (left <= right) {
      while ((values[left] ?? NaN) < pivot) left += 1;
      while ((values[right] ?? NaN) > pivot) right -= 1;
      if (left > right) break;
      const moved = values[left] ?? NaN;
      values[left] = values[right] ?? NaN;
      values[right] = moved;
      left += 1;
      right -= 1;
    }
    if (rank <= right) high = right;
    else if (rank >= left) low = left;
    else return;
  }
}
