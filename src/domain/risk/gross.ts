/** Gross exposure: the sum of absolute weights. */
export function grossOf(weights: Readonly<Record<string, number>>): number {
  return Object.values(weights).reduce((sum, weight) => sum + Math.abs(weight), 0);
}
