import type { Order, OrderKind, WorkingOrder } from "../../../src/domain/backtest/order.ts";
import { affordable } from "./affordable.ts";
import { DUST, type Ledger, type Position } from "./ledger.ts";

interface Waiting {
  readonly id: number;
  readonly position: Position;
  kind: OrderKind;
  /** Left to trade; 0: ended. */
  left: number;
  limit: number;
  stop: number;
  readonly trail: number;
  /** Of a trailing stop the best price of the bars since it was placed. */
  best: number;
  /** The first row in which it may be filled; Infinity for an exit whose entry is not filled. */
  readyRow: number;
  readonly day: boolean;
  /** A day order whose session has begun. */
  begun: boolean;
  /** Of an exit the entry, and the row in which that was filled by its limit inside the bar. */
  readonly entry: Waiting | null;
  enteredRow: number;
  limitRow: number;
}

type When = "open" | "inside" | "close";

const STOPS: ReadonlySet<OrderKind> = new Set(["stop", "stop-limit", "trailing-stop"]);

/** Working orders in the order of their placing, of daily bars: a session is a row. */
export class Orders {
  readonly #ledger: Ledger;
  /** Called when an order, not an exit, was filled inside the bar. */
  readonly #entered: (position: Position) => void;
  readonly #sameClose: boolean;
  #all: Waiting[] = [];
  #lastId = 0;

  constructor(ledger: Ledger, entered: (position: Position) => void) {
    this.#ledger = ledger;
    this.#entered = entered;
    this.#sameClose = ledger.settings.fill === "close";
  }

  place(position: Position, order: Order): number {
    const { settings, row } = this.#ledger;
    const shares = settings.wholeShares ? Math.trunc(order.shares) : order.shares;
    const { limit = NaN, stop = NaN, trail = NaN, day = false } = order;
    const best = this.#ledger.close(position);
    const kind = kindOf(order);
    const sooner = this.#sameClose && kind === "market" ? 0 : 1;
    const entry = this.#add(position, {
      kind,
      left: shares,
      limit,
      stop: Number.isNaN(trail) ? stop : best * (1 + Math.sign(shares) * trail),
      trail,
      best,
      readyRow: row + settings.latencyBars + sooner,
      day,
    });
    const exit = { left: -shares, entry, readyRow: Infinity };
    if (order.stopLoss !== undefined) this.#add(position, { ...exit, kind: "stop", stop: order.stopLoss });
    if (order.takeProfit !== undefined) {
      this.#add(position, { ...exit, kind: "limit", limit: order.takeProfit });
    }
    return entry.id;
  }

  cancel(id: number): boolean {
    const order = this.#all.find((one) => one.id === id && one.left !== 0);
    if (order === undefined) return false;
    this.#end(order);
    return true;
  }

  endAll(position?: Position): void {
    for (const one of this.#all) if (position === undefined || one.position === position) this.#end(one);
  }

  list(): WorkingOrder[] {
    return this.#all
      .filter(({ left, readyRow }) => left !== 0 && readyRow !== Infinity)
      .map(({ id, position, left, kind, limit, stop }) => ({
        id,
        symbol: this.#ledger.market.panel.symbols[position.symbol] ?? "",
        shares: left,
        kind,
        limit: kind === "limit" || kind === "stop-limit" ? limit : null,
        stop: STOPS.has(kind) ? stop : null,
      }));
  }

  split(position: Position, split: number): void {
    for (const one of this.#all) {
      if (one.position !== position) continue;
      one.left *= split;
      one.limit /= split;
      one.stop /= split;
      one.best /= split;
    }
  }

  /** Sales before purchases, and last the exits that a purchase at this open has passed. */
  open(): void {
    const { row } = this.#ledger;
    this.#all = this.#all.filter(({ left }) => left !== 0);
    for (const one of this.#all) if (one.readyRow <= row) one.begun = true;
    for (const one of this.#all) if (one.left < 0) this.#atOpen(one);
    for (const one of this.#all) if (one.left > 0) this.#atOpen(one);
    for (const one of this.#all) if (one.left < 0 && one.enteredRow === row) this.#atOpen(one);
  }

  /** Stops, then limits, then the stops of brackets whose entry was such a limit. */
  inside(): void {
    const { row } = this.#ledger;
    for (const one of this.#all) this.#stopInside(one);
    for (const one of this.#all) this.#limitInside(one);
    for (const one of this.#all) if (one.limitRow === row) this.#stopInside(one);
    for (const one of this.#all) if (one.readyRow !== Infinity) this.#endIdle(one);
  }

  /** Market orders where they fill at the close. */
  close(): void {
    for (const side of [-1, 1]) {
      for (const one of this.#all) {
        const price = this.#ledger.bar(one.position)?.close ?? NaN;
        if (one.left * side > 0 && one.kind === "market" && this.#ready(one)) {
          this.#fill(one, price, NaN, "close");
        }
      }
    }
  }

  /** @param filling whether market orders are still to be filled at this close */
  endDay(filling: boolean): void {
    for (const one of this.#all) {
      const begun = one.begun || one.readyRow <= this.#ledger.row;
      if (one.day && begun && !(filling && one.kind === "market")) this.#end(one);
    }
  }

  follow(): void {
    for (const one of this.#all) {
      const bar = this.#ledger.bar(one.position);
      if (one.kind !== "trailing-stop" || bar === null) continue;
      one.best = one.left < 0 ? Math.max(one.best, bar.high) : Math.min(one.best, bar.low);
      one.stop = one.best * (1 + Math.sign(one.left) * one.trail);
    }
  }

  #add(position: Position, given: Partial<Waiting> & Pick<Waiting, "kind" | "left" | "readyRow">): Waiting {
    const order: Waiting = {
      limit: NaN,
      stop: NaN,
      trail: NaN,
      best: NaN,
      day: false,
      entry: null,
      ...given,
      id: (this.#lastId += 1),
      position,
      begun: false,
      enteredRow: -1,
      limitRow: -1,
    };
    this.#all.push(order);
    return order;
  }

  /** Ends an order, and the exits of one that was not filled at all. */
  #end(order: Waiting): void {
    order.left = 0;
    for (const one of this.#exitsOf(order)) if (one.readyRow === Infinity) one.left = 0;
  }

  #exitsOf(entry: Waiting | null): Waiting[] {
    return entry === null ? [] : this.#all.filter((one) => one.entry === entry && one.left !== 0);
  }

  /** Whether an order may be filled in the row. */
  #ready(order: Waiting): boolean {
    const { position, left, readyRow } = order;
    const now = left !== 0 && readyRow <= this.#ledger.row && this.#ledger.bar(position) !== null;
    return now && !this.#endIdle(order);
  }

  /** Ends an exit whose position is gone, and the other one; whether it was such. */
  #endIdle({ position, left, entry }: Waiting): boolean {
    if (entry === null || left === 0 || position.shares * left < 0) return false;
    for (const one of this.#exitsOf(entry)) this.#end(one);
    return true;
  }

  #atOpen(order: Waiting): void {
    const bar = this.#ledger.bar(order.position);
    if (bar === null || !this.#ready(order)) return;
    const { open } = bar;
    const buys = order.left > 0;
    if (STOPS.has(order.kind)) {
      if (buys ? open < order.stop : open > order.stop) return;
      if (order.kind === "stop-limit") order.kind = "limit";
      else {
        order.kind = "market";
        this.#fill(order, open, NaN, "open");
        return;
      }
    }
    if (order.kind === "limit") {
      if (buys ? open <= order.limit : open >= order.limit) this.#fill(order, open, order.limit, "open");
    } else if (!this.#sameClose) this.#fill(order, open, NaN, "open");
  }

  #stopInside(order: Waiting): void {
    const bar = this.#ledger.bar(order.position);
    if (bar === null || !STOPS.has(order.kind) || !this.#ready(order)) return;
    const { stop, limit } = order;
    const buys = order.left > 0;
    if (buys ? bar.high < stop : bar.low > stop) return;
    if (order.kind !== "stop-limit") {
      order.kind = "market";
      this.#fill(order, stop, NaN, "inside");
      return;
    }
    order.kind = "limit";
    if (buys ? stop <= limit : stop >= limit) this.#fill(order, stop, limit, "inside");
    else order.readyRow = this.#ledger.row + 1;
  }

  #limitInside(order: Waiting): void {
    const bar = this.#ledger.bar(order.position);
    if (bar === null || order.kind !== "limit" || !this.#ready(order)) return;
    const touched = order.left > 0 ? bar.low <= order.limit : bar.high >= order.limit;
    if (touched) this.#fill(order, order.limit, order.limit, "inside");
  }

  #fill(order: Waiting, price: number, limit: number, when: When): void {
    const { position, entry } = order;
    const { shares: held } = position;
    // An exit only reduces.
    const wanted = entry !== null && Math.abs(order.left) > Math.abs(held) ? -held : order.left;
    const through = this.#ledger.room(position, wanted);
    const bought = through > 0 ? affordable(this.#ledger, position, through, price, limit) : through;
    if (bought !== 0) {
      const cause = entry === null ? "order" : order.kind === "limit" ? "take-profit" : "stop-loss";
      const closing = Math.abs(held + bought) < DUST * Math.abs(held);
      this.#ledger.trade(position, bought, price, cause, { limit, inside: when !== "open", closing });
      if (entry === null) this.#enter(order, bought, price, when);
      else this.#leave(order, bought, bought === wanted);
    }
    if (bought < through || bought === wanted) this.#end(order);
    else order.left = wanted - bought;
    if (entry === null && when === "inside" && bought !== 0) this.#entered(position);
  }

  /** Exits begin or grow with their entry; one that the entry's own price has passed is filled at that price. */
  #enter(order: Waiting, bought: number, price: number, when: When): void {
    const { row } = this.#ledger;
    const byLimit = when === "inside" && order.kind === "limit";
    for (const exit of this.#exitsOf(order)) {
      if (exit.readyRow !== Infinity) {
        exit.left -= bought;
        continue;
      }
      const later = exit.kind === "limit" && byLimit;
      exit.left = -bought;
      exit.readyRow = later ? row + 1 : row;
      exit.enteredRow = row;
      if (byLimit) exit.limitRow = row;
      if (later || when === "close") continue;
      exit.limit = bought > 0 ? Math.max(exit.limit, price) : Math.min(exit.limit, price);
      exit.stop = bought > 0 ? Math.min(exit.stop, price) : Math.max(exit.stop, price);
    }
  }

  /** What is left of the entry ends, and the other exit ends or shrinks with this one. */
  #leave(order: Waiting, bought: number, whole: boolean): void {
    for (const other of this.#exitsOf(order.entry)) {
      if (other === order) continue;
      if (whole) this.#end(other);
      else other.left -= bought;
    }
    if (order.entry !== null && order.entry.left !== 0) this.#end(order.entry);
  }
}

function kindOf({ limit, stop, trail }: Order): OrderKind {
  if (trail !== undefined) return "trailing-stop";
  if (stop !== undefined) return limit === undefined ? "stop" : "stop-limit";
  return limit === undefined ? "market" : "limit";
}
