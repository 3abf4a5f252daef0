/**
 * The price that a fill really gets: the quoted price moved against the trade by basis points, up for a buy
 * (`shares` > 0) and down for a sale.
 */
export function slippedPrice(price: number, shares: number, slippageBps: number): number {
  return price * (1 + Math.sign(shares) * slippageBps * 1e-4);
}
