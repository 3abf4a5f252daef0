/** Runs long work to its end, for whoever neither tells progress nor lets others have a turn. */
export function finish<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}
