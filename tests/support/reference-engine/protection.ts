import type { Cause, Ledger, Position } from "./ledger.ts";

interface Exit {
  readonly price: number;
  readonly cause: Cause;
  readonly limit?: number;
  readonly inside: boolean;
}

/** Closes a position that touches a stop or target of the settings; `wholeBar`: not one that was entered inside it. */
export function protect(ledger: Ledger, position: Position, wholeBar: boolean): void {
  const exit = exitOf(ledger, position, wholeBar);
  if (exit === null) return;
  const { price, cause, limit, inside } = exit;
  const { shares: held } = position;
  const sold = ledger.room(position, -held);
  position.waiting = sold === -held ? null : { weight: 0, cause };
  const closing = sold === -held;
  ledger.trade(position, sold, price, cause, { inside, closing, ...(limit === undefined ? {} : { limit }) });
}

/** Lets trailing stops follow a row that is over. */
export function followBest(ledger: Ledger, { shares, entry, symbol }: Position): void {
  const bar = ledger.market.bar(symbol, ledger.row);
  if (entry === null || bar === null || entry.unseenRow === ledger.row) return;
  entry.best = shares > 0 ? Math.max(entry.best, bar.high) : Math.min(entry.best, bar.low);
}

function exitOf(ledger: Ledger, position: Position, wholeBar: boolean): Exit | null {
  const { stopLoss, takeProfit, trailingStop } = ledger.settings;
  const { entry, shares } = position;
  const bar = ledger.bar(position);
  if (entry === null || bar === null) return null;
  const side = Math.sign(shares);
  const average = entry.money / entry.shares;
  // Each is turned over for a short: above is then below.
  const [open, worst, best] = side > 0 ? [bar.open, bar.low, bar.high] : [-bar.open, -bar.high, -bar.low];

  const fixed = stopLoss === null ? -Infinity : side * average * (1 - side * stopLoss);
  const trailing = trailingStop === null ? -Infinity : side * entry.best * (1 - side * trailingStop);
  const stop = Math.max(fixed, trailing);
  if (worst <= stop) {
    const cause = trailing > fixed ? "trailing-stop" : "stop-loss";
    const gap = wholeBar && open <= stop;
    return { price: gap ? bar.open : side * stop, cause, inside: !gap };
  }
  if (!wholeBar || takeProfit === null) return null;
  const limit = average * (1 + side * takeProfit);
  if (limit <= 0 || best < side * limit) return null;
  const gap = open >= side * limit;
  return { price: gap ? bar.open : limit, limit, cause: "take-profit", inside: !gap };
}
