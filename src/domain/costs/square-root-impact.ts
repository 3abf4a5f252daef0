/**
 * By how much an order moves the price against itself, as a fraction of the price: the square-root law
 * Y x volatility x sqrt(shares / volume), with volatility and volume over the same time, here a bar.
 * N. Torre, BARRA Market Impact Model Handbook (1997); R. Almgren, C. Thum, E. Hauptmann and H. Li, Direct
 * Estimation of Equity Market Impact, Risk 18 (2005), who measure a power of 0.6. At most MOST_IMPACT, beyond
 * which the law has never been measured.
 *
 * @param y of the order of one
 * @param volatility standard deviation of a bar's return
 * @param volume shares traded in an average bar
 */
export function squareRootImpact(y: number, volatility: number, shares: number, volume: number): number {
  return Math.min(MOST_IMPACT, y * volatility * Math.sqrt(shares / volume));
}

/** An order pays at most half the price more, or gets half of it less. */
export const MOST_IMPACT = 0.5;
