import { FinAgentError } from "../errors.ts";
import type { Panel } from "../market/panel.ts";
import { type Order, orderKind, ORDER_KINDS, type WorkingOrder } from "./order.ts";
import { KIND, type OrderBook } from "./order-book.ts";
import type { BacktestSettings } from "./settings.ts";

export interface Placing {
  readonly panel: Panel;
  readonly book: OrderBook;
  readonly settings: BacktestSettings;
  /** At whose close it is placed. */
  readonly row: number;
  /** The last known close. */
  readonly price: (symbol: number) => number;
}

/**
 * Puts an order into the book, and behind it the exits of its bracket.
 * @throws FinAgentError BAD_ARGUMENT, UNKNOWN_SYMBOL
 */
export function placeOrder(order: Order, { panel, book, settings, row, price }: Placing): number {
  const symbol = panel.symbols.indexOf(order.symbol);
  if (symbol < 0) {
    throw new FinAgentError("UNKNOWN_SYMBOL", `${order.symbol} is not in this data set.`, {
      hint: `It holds ${panel.symbols.join(", ")}.`,
      details: { symbol: order.symbol },
    });
  }
  const kind = orderKind(order);
  const shares = settings.wholeShares ? Math.trunc(order.shares) : order.shares;
  if (shares === 0) {
    throw new FinAgentError("BAD_ARGUMENT", `${order.shares} ${order.symbol} are no whole share.`, {
      hint: "Order at least one share, or allow fractions (wholeShares: false).",
    });
  }
  const trail = order.trail ?? NaN;
  const best = price(symbol);
  const trailing = kind === "trailing-stop";
  const sameClose = settings.fill === "close" && kind === "market";
  const entry = {
    symbol,
    day: order.day ?? false,
    trail,
    parent: 0,
    kind: ORDER_KINDS.indexOf(kind),
    shares,
    // A trailing stop keeps the best price here.
    limit: trailing ? best : (order.limit ?? NaN),
    stop: trailing ? best * (1 + Math.sign(shares) * trail) : (order.stop ?? NaN),
    readyRow: row + settings.latencyBars + (sameClose ? 0 : 1),
  };
  const parent = book.add(entry);
  const exit = { symbol, day: false, trail: NaN, parent, shares: -shares, readyRow: Infinity };
  if (order.stopLoss !== undefined) {
    book.add({ ...exit, kind: KIND.stop, limit: NaN, stop: order.stopLoss });
  }
  if (order.takeProfit !== undefined) {
    book.add({ ...exit, kind: KIND.limit, limit: order.takeProfit, stop: NaN });
  }
  return parent;
}

/** The orders that wait for a fill; the exits of a bracket not before its entry. */
export function listOrders(book: OrderBook, symbols: readonly string[]): WorkingOrder[] {
  const orders: WorkingOrder[] = [];
  for (let i = 0; i < book.length; i += 1) {
    if (book.shares[i] === 0 || book.readyRow[i] === Infinity) continue;
    const kind = ORDER_KINDS[book.kind[i] ?? 0] ?? "market";
    orders.push({
      id: book.id[i] ?? NaN,
      symbol: symbols[book.symbol[i] ?? -1] ?? "",
      shares: book.shares[i] ?? NaN,
      kind,
      limit: kind === "limit" || kind === "stop-limit" ? (book.limit[i] ?? NaN) : null,
      stop:
        kind === "stop" || kind === "stop-limit" || kind === "trailing-stop" ? (book.stop[i] ?? NaN) : null,
    });
  }
  return orders;
}
