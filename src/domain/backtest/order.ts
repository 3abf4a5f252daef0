import { FinAgentError } from "../errors.ts";

/** How an order is to be filled; without any of these it is a market order. Prices in money per share. */
export interface OrderTerms {
  /** Worst price. With `stop`, a stop-limit order. */
  readonly limit?: number;
  /** The price whose touch makes it a market order (with `limit`, a limit order). */
  readonly stop?: number;
  /** A stop that follows the best price of earlier bars at this distance, a fraction (0.05 is 5 %). */
  readonly trail?: number;
  /** A bracket: once the order is filled, a stop and a limit order to leave again; what one sells the other does not. */
  readonly stopLoss?: number;
  readonly takeProfit?: number;
  /** Valid for the session it could first be filled in and gone at the close of that; otherwise until cancelled. */
  readonly day?: boolean;
}

export interface Order extends OrderTerms {
  readonly symbol: string;
  /** To buy (positive) or to sell (negative). */
  readonly shares: number;
}

/** An order that waits for its fill. */
export interface WorkingOrder {
  readonly id: number;
  readonly symbol: string;
  /** What is left of it. */
  readonly shares: number;
  readonly kind: OrderKind;
  readonly limit: number | null;
  readonly stop: number | null;
}

export const ORDER_KINDS = ["market", "limit", "stop", "stop-limit", "trailing-stop"] as const;

export type OrderKind = (typeof ORDER_KINDS)[number];

/** @throws FinAgentError BAD_ARGUMENT saying which term is wrong */
export function orderKind(order: Order): OrderKind {
  const { symbol, shares, limit, stop, trail, stopLoss, takeProfit } = order;
  const bad = (what: string): FinAgentError =>
    new FinAgentError("BAD_ARGUMENT", `The order for ${shares} ${symbol} ${what}.`, {
      hint: "Shares are a number other than 0; prices are positive; a trail is a fraction between 0 and 1.",
      details: { symbol },
    });
  if (!Number.isFinite(shares) || shares === 0) throw bad("trades nothing");
  for (const [name, price] of Object.entries({ limit, stop, stopLoss, takeProfit })) {
    if (price !== undefined && !(price > 0 && Number.isFinite(price))) throw bad(`has a ${name} of ${price}`);
  }
  if (trail !== undefined && !(trail > 0 && trail < 1)) throw bad(`has a trail of ${trail}`);
  if (trail !== undefined && (limit !== undefined || stop !== undefined)) {
    throw bad("has both a trail and a limit or stop");
  }
  if (stopLoss !== undefined && takeProfit !== undefined && shares * (takeProfit - stopLoss) <= 0) {
    throw bad(`has its stopLoss ${stopLoss} on the wrong side of its takeProfit ${takeProfit}`);
  }
  if (trail !== undefined) return "trailing-stop";
  if (stop !== undefined) return limit === undefined ? "stop" : "stop-limit";
  return limit === undefined ? "market" : "limit";
}
