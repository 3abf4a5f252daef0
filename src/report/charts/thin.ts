/**
 * The indices of at most about `most` values that draw the same line: the first and the last, and of each stretch
 * between them the lowest and the highest. Without values, every so-manieth.
 */
export function thin(times: readonly number[], most: number, values?: readonly (number | null)[]): number[] {
  const count = times.length;
  if (count <= most) return Array.from({ length: count }, (_, i) => i);
  if (values === undefined) {
    const every = Math.ceil(count / most);
    return Array.from({ length: count }, (_, i) => i).filter((i) => i % every === 0 || i === count - 1);
  }
  const width = Math.ceil((2 * count) / most);
  const kept = new Set([0, count - 1]);
  for (let from = 0; from < count; from += width) {
    let low = from;
    let high = from;
    for (let i = from; i < Math.min(count, from + width); i += 1) {
      if ((values[i] ?? Infinity) < (values[low] ?? Infinity)) low = i;
      if ((values[i] ?? -Infinity) > (values[high] ?? -Infinity)) high = i;
    }
    kept.add(low).add(high);
  }
  return [...kept].sort((a, b) => a - b);
}
