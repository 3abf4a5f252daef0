import { interest, interestYears } from "../costs/interest.ts";
import type { Column } from "../market/column.ts";
import type { Account } from "./account.ts";
import type { Carry } from "./carry.ts";
import type { MarketColumns } from "./market-columns.ts";
import type { RowWindow } from "./row-window.ts";

/** Rows that are valued together where more than the equity is needed. */
const CHUNK = 512;

/**
 * Writes the equity of rows in which nothing is traded. Positions are summed up symbol by symbol in columns,
 * which is the order of additions in which `valueAt` sums up one row, so that both give the same bits.
 */
export class Valuation {
  readonly equity: Column;
  readonly #market: MarketColumns;
  readonly #account: Account;
  readonly #carry: Carry;
  readonly #maintenance: number;
  readonly #fromRow: number;
  readonly #value = new Float64Array(CHUNK);
  readonly #shorts = new Float64Array(CHUNK);
  readonly #gross = new Float64Array(CHUNK);
  /** Of the row last valued by `valueAt`: position values, of shorts alone (zero or negative), their sizes. */
  value = 0;
  shorts = 0;
  gross = 0;

  constructor(
    market: MarketColumns,
    account: Account,
    carry: Carry,
    maintenanceMargin: number,
    { fromRow, toRow }: RowWindow,
  ) {
    this.#market = market;
    this.#account = account;
    this.#carry = carry;
    this.#maintenance = maintenanceMargin;
    this.#fromRow = fromRow;
    this.equity = new Float64Array(toRow - fromRow);
  }

  /** Sums up the positions at a row's close. */
  valueAt(row: number): void {
    const { shares } = this.#account;
    const columns = this.#market.value;
    let value = 0;
    let shorts = 0;
    let gross = 0;
    for (let s = 0; s < shares.length; s += 1) {
      const held = shares[s] ?? NaN;
      if (held === 0) continue;
      const worth = held * (columns[s]?.[row] ?? NaN);
      value += worth;
      if (held < 0) shorts += worth;
      gross += Math.abs(worth);
    }
    this.value = value;
    this.shorts = shorts;
    this.gross = gross;
  }

  /** Books the interest of the time from the close before to the close of a row. */
  accrue(row: number): void {
    if (!this.#carry.on || row <= this.#fromRow) return;
    this.valueAt(row - 1);
    this.#account.cash = this.#carry.accrue(row, this.#account.cash, this.shorts);
  }

  /**
   * Values rows from <= row < to.
   * @returns the first row whose equity calls for a liquidation, before anything is booked for it; else `to`
   */
  quiet(from: number, to: number): number {
    const { shares } = this.#account;
    let first = 0;
    while (first < shares.length && shares[first] === 0) first += 1;
    let second = first + 1;
    while (second < shares.length && shares[second] === 0) second += 1;
    const several = second < shares.length;
    const held = shares[first] ?? 0;
    const close = this.#market.value[first] ?? this.equity;
    if (!this.#carry.on && this.#maintenance === 0) {
      return several ? this.#several(from, to, first) : this.#one(from, to, held, close);
    }
    if (!several) {
      // Without debts and shorts there is interest on cash alone, and no margin to miss.
      const rich = held >= 0 && this.#account.cash >= 0;
      return rich ? this.#oneRich(from, to, held, close) : this.#oneCarried(from, to, held, close);
    }
    for (let row = from; row < to; row += CHUNK) {
      const end = Math.min(to, row + CHUNK);
      const stopped = this.#severalCarried(row, end);
      if (stopped < end) return stopped;
    }
    return to;
  }

  #one(from: number, to: number, held: number, close: Column): number {
    const { cash } = this.#account;
    const { equity } = this;
    const offset = this.#fromRow;
    if (held === 0) {
      if (cash <= 0) return from;
      for (let row = from; row < to; row += 1) equity[row - offset] = cash;
      return to;
    }
    for (let row = from; row < to; row += 1) {
      const total = cash + held * (close[row] ?? NaN);
      if (total <= 0) return row;
      equity[row - offset] = total;
    }
    return to;
  }

  #several(from: number, to: number, first: number): number {
    const { cash, shares } = this.#account;
    const { equity } = this;
    const columns = this.#market.value;
    const offset = this.#fromRow;
    equity.fill(0, from - offset, to - offset);
    for (let s = first; s < shares.length; s += 1) {
      const held = shares[s] ?? NaN;
      if (held === 0) continue;
      const close = columns[s] ?? equity;
      for (let row = from; row < to; row += 1) {
        equity[row - offset] = (equity[row - offset] ?? NaN) + held * (close[row] ?? NaN);
      }
    }
    for (let row = from; row < to; row += 1) {
      const total = cash + (equity[row - offset] ?? NaN);
      if (total <= 0) return row;
      equity[row - offset] = total;
    }
    return to;
  }

  #oneRich(from: number, to: number, held: number, close: Column): number {
    const carry = this.#carry;
    const { closeTime, cashRate } = carry;
    if (cashRate === 0) return this.#one(from, to, held, close);
    const { equity } = this;
    const offset = this.#fromRow;
    let { cash } = this.#account;
    let { cashInterest } = carry;
    let before = closeTime[from === offset ? from : from - 1] ?? NaN;
    let row = from;
    for (; row < to; row += 1) {
      const now = closeTime[row] ?? NaN;
      const earned = interest(cash, cashRate, interestYears(now - before));
      const left = cash + earned;
      const total = left + (held === 0 ? 0 : held * (close[row] ?? NaN));
      if (total <= 0) break;
      cashInterest += earned;
      cash = left;
      before = now;
      equity[row - offset] = total;
    }
    carry.cashInterest = cashInterest;
    this.#account.cash = cash;
    return row;
  }

  #oneCarried(from: number, to: number, held: number, close: Column): number {
    const { equity } = this;
    const offset = this.#fromRow;
    const maintenance = this.#maintenance;
    const carry = this.#carry;
    const { closeTime, cashRate, marginRate, borrowRate } = carry;
    // Interest is summed up in local names, which cost a tenth of fields; the arithmetic is that of Carry.
    let { cash } = this.#account;
    let { cashInterest, marginInterest, borrowCost } = carry;
    let worth = held === 0 || from === offset ? 0 : held * (close[from - 1] ?? NaN);
    let before = closeTime[from === offset ? from : from - 1] ?? NaN;
    let row = from;
    for (; row < to; row += 1) {
      const now = closeTime[row] ?? NaN;
      const years = interestYears(now - before);
      const shorts = worth < 0 ? worth : 0;
      const free = cash + shorts;
      const earned = free > 0 ? interest(free, cashRate, years) : 0;
      const paid = cash < 0 ? interest(-cash, marginRate, years) : 0;
      const borrowed = shorts < 0 ? interest(-shorts, borrowRate, years) : 0;
      const left = cash + (earned - (paid + borrowed));
      worth = held === 0 ? 0 : held * (close[row] ?? NaN);
      const total = left + worth;
      if (total <= 0 || total < maintenance * Math.abs(worth)) break;
      cashInterest += earned;
      marginInterest += paid;
      borrowCost += borrowed;
      cash = left;
      before = now;
      equity[row - offset] = total;
    }
    carry.cashInterest = cashInterest;
    carry.marginInterest = marginInterest;
    carry.borrowCost = borrowCost;
    this.#account.cash = cash;
    return row;
  }

  #severalCarried(from: number, to: number): number {
    const account = this.#account;
    const carry = this.#carry;
    const { equity } = this;
    const offset = this.#fromRow;
    this.#sumUp(from, to);
    if (from > offset) this.valueAt(from - 1);
    let { shorts } = this;
    for (let row = from; row < to; row += 1) {
      const { cashInterest, marginInterest, borrowCost } = carry;
      const left = carry.on && row > offset ? carry.accrue(row, account.cash, shorts) : account.cash;
      const i = row - from;
      const total = left + (this.#value[i] ?? NaN);
      if (total <= 0 || total < this.#maintenance * (this.#gross[i] ?? NaN)) {
        carry.cashInterest = cashInterest;
        carry.marginInterest = marginInterest;
        carry.borrowCost = borrowCost;
        return row;
      }
      account.cash = left;
      equity[row - offset] = total;
      shorts = this.#shorts[i] ?? NaN;
    }
    return to;
  }

  #sumUp(from: number, to: number): void {
    const { shares } = this.#account;
    const columns = this.#market.value;
    const values = this.#value.fill(0, 0, to - from);
    const shorts = this.#shorts.fill(0, 0, to - from);
    const gross = this.#gross.fill(0, 0, to - from);
    for (let s = 0; s < shares.length; s += 1) {
      const held = shares[s] ?? NaN;
      if (held === 0) continue;
      const column = columns[s] ?? values;
      for (let row = from; row < to; row += 1) {
        const worth = held * (column[row] ?? NaN);
        const i = row - from;
        values[i] = (values[i] ?? NaN) + worth;
        gross[i] = (gross[i] ?? NaN) + Math.abs(worth);
        if (held < 0) shorts[i] = (shorts[i] ?? NaN) + worth;
      }
    }
  }
}
