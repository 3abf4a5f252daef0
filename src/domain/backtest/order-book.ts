/** Kinds of working orders as the book holds them; see ORDER_KINDS. */
export const KIND = { market: 0, limit: 1, stop: 2, stopLimit: 3, trailingStop: 4 } as const;

/** What the book is told of a new order. NaN: no such price. */
export interface BookEntry {
  readonly symbol: number;
  readonly kind: number;
  readonly shares: number;
  readonly limit: number;
  readonly stop: number;
  readonly trail: number;
  /** The first row in which it may be filled; Infinity: not before its parent is. */
  readonly readyRow: number;
  readonly day: boolean;
  /** The order whose fills it leaves again, 0 for none: it only reduces, and its sibling shrinks and ends with it. */
  readonly parent: number;
}

const FIRST_CAPACITY = 64;

/**
 * Working orders in columns, in the order of their placing. Ended orders stay in their place with no shares left
 * until `compact` removes them, so that indexes hold within a row.
 */
export class OrderBook {
  length = 0;
  id = new Float64Array(FIRST_CAPACITY);
  parent = new Float64Array(FIRST_CAPACITY);
  symbol = new Int32Array(FIRST_CAPACITY);
  kind = new Uint8Array(FIRST_CAPACITY);
  /** What is left to trade; 0: ended. */
  shares = new Float64Array(FIRST_CAPACITY);
  limit = new Float64Array(FIRST_CAPACITY);
  stop = new Float64Array(FIRST_CAPACITY);
  trail = new Float64Array(FIRST_CAPACITY);
  readyRow = new Float64Array(FIRST_CAPACITY);
  /** For day orders: -1 until the first session, then its number; NaN for others. */
  session = new Float64Array(FIRST_CAPACITY);
  #ended = 0;
  #lastId = 0;
  #dayOrders = 0;

  /** How many orders wait for a fill; the exits of a bracket not before its entry. */
  get working(): number {
    let working = 0;
    for (let i = 0; i < this.length; i += 1) {
      if (this.shares[i] !== 0 && this.readyRow[i] !== Infinity) working += 1;
    }
    return working;
  }

  /** How many day orders were ever placed. */
  get dayOrders(): number {
    return this.#dayOrders;
  }

  add(entry: BookEntry): number {
    const i = this.length;
    if (i === this.id.length) this.#grow();
    this.#lastId += 1;
    this.id[i] = this.#lastId;
    this.parent[i] = entry.parent;
    this.symbol[i] = entry.symbol;
    this.kind[i] = entry.kind;
    this.shares[i] = entry.shares;
    this.limit[i] = entry.limit;
    this.stop[i] = entry.stop;
    this.trail[i] = entry.trail;
    this.readyRow[i] = entry.readyRow;
    this.session[i] = entry.day ? -1 : NaN;
    if (entry.day) this.#dayOrders += 1;
    this.length = i + 1;
    return this.#lastId;
  }

  /** The place of an order that is not ended, or -1. */
  find(id: number): number {
    for (let i = 0; i < this.length; i += 1) if (this.id[i] === id && this.shares[i] !== 0) return i;
    return -1;
  }

  /** Ends an order and, where it has not been filled at all, what was to follow it. */
  end(i: number): void {
    if (this.shares[i] === 0) return;
    this.shares[i] = 0;
    this.#ended += 1;
    const id = this.id[i] ?? NaN;
    for (let k = i + 1; k < this.length; k += 1) {
      if (this.parent[k] === id && this.readyRow[k] === Infinity) this.end(k);
    }
  }

  /** Ends the other orders with the same parent. */
  endSiblings(i: number): void {
    const parent = this.parent[i] ?? NaN;
    for (let k = 0; k < this.length; k += 1) if (k !== i && this.parent[k] === parent) this.end(k);
  }

  /** Takes what an order has filled from the others with the same parent. */
  reduceSiblings(i: number, bought: number): void {
    const parent = this.parent[i] ?? NaN;
    for (let k = 0; k < this.length; k += 1) {
      if (k === i || this.parent[k] !== parent || this.shares[k] === 0) continue;
      this.shares[k] = (this.shares[k] ?? NaN) - bought;
    }
  }

  endAll(symbol = -1): void {
    for (let i = 0; i < this.length; i += 1) {
      if (symbol < 0 || this.symbol[i] === symbol) this.end(i);
    }
  }

  /** A split makes `split` shares of one. */
  split(symbol: number, split: number): void {
    for (let i = 0; i < this.length; i += 1) {
      if (this.symbol[i] !== symbol) continue;
      this.shares[i] = (this.shares[i] ?? NaN) * split;
      this.limit[i] = (this.limit[i] ?? NaN) / split;
      this.stop[i] = (this.stop[i] ?? NaN) / split;
    }
  }

  /** Notes the first session of the day orders that may be filled in a row of it, and ends those of others. */
  expire(session: number, row: number): void {
    for (let i = 0; i < this.length; i += 1) {
      const own = this.session[i] ?? NaN;
      if (Number.isNaN(own) || (this.readyRow[i] ?? NaN) > row) continue;
      if (own < 0) this.session[i] = session;
      else if (own !== session) this.end(i);
    }
  }

  /** Ends the day orders of a session, but for those of the spared kind; -1: of none. */
  endSession(session: number, sparedKind: number): void {
    for (let i = 0; i < this.length; i += 1) {
      if (this.session[i] === session && this.kind[i] !== sparedKind) this.end(i);
    }
  }

  /** Forgets ended orders. */
  compact(): void {
    if (this.#ended === 0) return;
    let kept = 0;
    for (let i = 0; i < this.length; i += 1) {
      if (this.shares[i] === 0) continue;
      if (kept !== i) this.#move(i, kept);
      kept += 1;
    }
    this.length = kept;
    this.#ended = 0;
  }

  #move(from: number, to: number): void {
    this.id[to] = this.id[from] ?? NaN;
    this.parent[to] = this.parent[from] ?? NaN;
    this.symbol[to] = this.symbol[from] ?? -1;
    this.kind[to] = this.kind[from] ?? 0;
    this.shares[to] = this.shares[from] ?? NaN;
    this.limit[to] = this.limit[from] ?? NaN;
    this.stop[to] = this.stop[from] ?? NaN;
    this.trail[to] = this.trail[from] ?? NaN;
    this.readyRow[to] = this.readyRow[from] ?? NaN;
    this.session[to] = this.session[from] ?? NaN;
  }

  #grow(): void {
    const capacity = 2 * this.id.length;
    const longer = (column: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> => {
      const grown = new Float64Array(capacity);
      grown.set(column);
      return grown;
    };
    const symbol = new Int32Array(capacity);
    symbol.set(this.symbol);
    this.symbol = symbol;
    const kind = new Uint8Array(capacity);
    kind.set(this.kind);
    this.kind = kind;
    this.id = longer(this.id);
    this.parent = longer(this.parent);
    this.shares = longer(this.shares);
    this.limit = longer(this.limit);
    this.stop = longer(this.stop);
    this.trail = longer(this.trail);
    this.readyRow = longer(this.readyRow);
    this.session = longer(this.session);
  }
}
