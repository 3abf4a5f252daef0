/** What two ways of doing the same thing took, in milliseconds. */
export interface Pair {
  readonly ours: number;
  readonly other: number;
  /** Median of the ratios of neighbouring runs, ours / other. */
  readonly ratio: number;
}

/**
 * Times two functions in turn, after warm-up, in one process: what disturbs the machine disturbs both. Returns
 * the medians and the median of the paired ratios.
 */
export function timePair(ours: () => unknown, other: () => unknown, repeats: number): Pair {
  for (let k = 0; k < WARM_UP; k += 1) {
    ours();
    other();
  }
  const mine: number[] = [];
  const theirs: number[] = [];
  for (let k = 0; k < repeats; k += 1) {
    mine.push(timed(ours));
    theirs.push(timed(other));
  }
  return {
    ours: median(mine),
    other: median(theirs),
    ratio: median(mine.map((time, k) => time / (theirs[k] ?? NaN))),
  };
}

/** The median time of one function, after warm-up, in milliseconds. */
export function timeAlone(work: () => unknown, repeats: number): number {
  for (let k = 0; k < WARM_UP; k += 1) work();
  return median(Array.from({ length: repeats }, () => timed(work)));
}

/** The same for work that is waited for. */
export async function timeAsync(work: () => Promise<unknown>, repeats: number): Promise<number> {
  await work();
  const times: number[] = [];
  for (let k = 0; k < repeats; k += 1) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return median(times);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

const WARM_UP = 3;

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
