/** Runs a part of a proof to its end, for whoever does not tell progress. */
export function finish<T>(part: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = part.next();
    if (done === true) return value;
  }
}
