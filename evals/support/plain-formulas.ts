/**
 * The field's formulas, written down plainly and without the product's code: what its figures are held against. Returns and
 * results are fractions, drawdowns negative.
 */

/** Simple returns from one price to the next. */
export function plainReturns(prices: readonly number[]): number[] {
  return prices.slice(1).map((price, index) => price / (prices[index] ?? NaN) - 1);
}

export function plainMean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sample standard deviation (n - 1). */
export function plainDeviation(values: readonly number[]): number {
  const mean = plainMean(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

/** Of daily returns: the sample deviation times the root of 252. */
export function plainVolatility(returns: readonly number[]): number {
  return plainDeviation(returns) * Math.sqrt(252);
}

/** The deepest fall of the closes below an earlier one. */
export function plainMaxDrawdown(prices: readonly number[]): number {
  let deepest = 0;
  for (const [i, price] of prices.entries()) {
    const high = Math.max(...prices.slice(0, i + 1));
    deepest = Math.min(deepest, price / high - 1);
  }
  return deepest;
}

/** How far the last price lies below the highest. */
export function plainCurrentDrawdown(prices: readonly number[]): number {
  return (prices.at(-1) ?? NaN) / Math.max(...prices) - 1;
}

/** Prices that begin at 1 and move by the returns. */
export function plainWealth(returns: readonly number[]): number[] {
  const wealth = [1];
  for (const one of returns) wealth.push((wealth.at(-1) ?? NaN) * (1 + one));
  return wealth;
}

/** The value below which a share of the values lies, with linear interpolation between neighbours (numpy's default). */
export function plainQuantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [low = NaN, high = NaN] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low + (high - low) * (place - Math.floor(place));
}

/** Historical value at risk of one day at 95 %, as a loss above zero. */
export function plainValueAtRisk(returns: readonly number[]): number {
  return Math.max(0, -plainQuantile(returns, 0.05));
}

/** Daily returns of a book that is brought back to its weights every day. */
export function plainBookReturns(
  returns: readonly (readonly number[])[],
  weights: readonly number[],
): number[] {
  const [first = []] = returns;
  return first.map((_, day) =>
    returns.reduce((sum, own, i) => sum + (weights[i] ?? 0) * (own[day] ?? NaN), 0),
  );
}
