/** Positions, and differences of positions, below this fraction of equity are rounding. */
const DUST = 1e-9;

/** A quotient such as 0.1 x 1000 / 20 may come out a rounding error below the whole number that it is. */
const WHOLE = 1 + 1e-12;

/**
 * The shares to hold for a weight, given what is held.
 *
 * A position grows until |weight| x equity is spent on it, costs included:
 * |shares| x price x (1 + slippage) x (1 + commission) = |weight| x equity. It shrinks until it is worth
 * |weight| x equity. Between the two nothing is traded: a holding that paid its costs on the way in is not
 * sold off for that. Long and short alike.
 *
 * @param equity at the fill prices, positive
 * @param price of the fill before slippage
 * @param costFactor (1 + slippage) x (1 + commission)
 * @param whole round towards zero to whole shares
 */
export function targetShares(
  weight: number,
  held: number,
  equity: number,
  price: number,
  costFactor: number,
  whole: boolean,
): number {
  if (weight === 0) return 0;
  const worth = (Math.abs(weight) * equity) / price;
  const most = whole ? Math.floor(worth * WHOLE) : worth;
  const least = whole ? Math.floor((worth / costFactor) * WHOLE) : worth / costFactor;
  const same = weight > 0 ? held : -held;
  const size = same < least ? least : same > most ? most : same;
  if (size * price <= DUST * equity) return 0;
  if (Math.abs(size - same) * price <= DUST * equity) return held;
  return weight > 0 ? size : -size;
}
