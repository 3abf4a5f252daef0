/** Periods from <= t < to. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The periods that may train what is tested on some spans: all others, less those that a test could leak into.
 * What is decided in a training period reaches `purge` periods ahead, and so does what is decided in a test; so
 * as many are left out on both sides of every test, and `embargo` more after it, where features still remember
 * it. Source: Lopez de Prado, Advances in Financial Machine Learning, 2018, section 7.4.
 * @param tests ascending, not overlapping
 */
export function purgedTraining(
  periods: number,
  tests: readonly Span[],
  purge: number,
  embargo: number,
): Span[] {
  const training: Span[] = [];
  let from = 0;
  for (const test of tests) {
    const to = test.from - purge;
    if (to > from) training.push({ from, to });
    from = Math.max(from, test.to + purge + embargo);
  }
  if (periods > from) training.push({ from, to: periods });
  return training;
}
