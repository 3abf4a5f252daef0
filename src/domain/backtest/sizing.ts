/** Positions and differences of positions below this fraction of equity, and of what was meant, are rounding. */
export const DUST = 1e-9;

/** A row's purchases cut below this share of what was meant are counted; costs alone cut less. */
export const CASH_SHORT = 0.99;

/** Purchases that exceed the cash by no more than this factor do so by rounding alone. */
export const CASH_ROUNDING = 1 + 1e-9;

/** A quotient such as 0.1 x 1000 / 20 may come out a rounding error below the whole number that it is. */
const WHOLE = 1 + 1e-12;

/**
 * The shares to hold for a weight, given what is held.
 *
 * A position grows until |weight| x equity is spent on it, costs included:
 * |shares| x price x costFactor = |weight| x equity. It shrinks until it is worth |weight| x equity. Between the
 * two nothing is traded: a holding that paid its costs on the way in is not sold off for that. Long and short
 * alike.
 *
 * @param equity at the fill prices, positive
 * @param price of the fill before costs
 * @param costFactor money per money of position, all costs but the least commission:
 *   (1 + friction + impact) x (1 + rate) + commissionPerShare / price
 * @param whole round towards zero to whole shares
 * @param minimum least commission
 * @param bareFactor costFactor without commission
 */
export function targetShares(
  weight: number,
  held: number,
  equity: number,
  price: number,
  costFactor: number,
  whole: boolean,
  minimum = 0,
  bareFactor = costFactor,
): number {
  if (weight === 0) return 0;
  const worth = (Math.abs(weight) * equity) / price;
  let affordable = worth / costFactor;
  if (minimum > 0) affordable = Math.min(affordable, Math.max(0, (worth - minimum / price) / bareFactor));
  const most = whole ? wholeShares(worth) : worth;
  const least = whole ? wholeShares(affordable) : affordable;
  const same = weight > 0 ? held : -held;
  const size = same < least ? least : same > most ? most : same;
  if (size * price <= DUST * equity) return 0;
  if (Math.abs(size - same) * price <= DUST * equity) return held;
  return weight > 0 ? size : -size;
}

/** The whole shares of a number that rounding may have left just below one. */
export function wholeShares(shares: number): number {
  return Math.floor(shares * WHOLE);
}
