import { interest, interestYears } from "../costs/interest.ts";
import type { Column } from "../market/column.ts";
import type { BacktestSettings } from "./settings.ts";

/**
 * What holding costs and earns: from one close to the next, worked out on the balances at the first and booked
 * when the next row begins, before anything is traded. Cash that is not the proceeds of shorts (cash less the
 * value of shorts) earns the cash rate, negative cash pays the margin rate, the value of shorts the borrow rate:
 * cash = cash + (earned - (paid + borrowed)).
 */
export class Carry {
  readonly on: boolean;
  readonly cashRate: number;
  readonly marginRate: number;
  readonly borrowRate: number;
  readonly closeTime: Column;
  /** Totals in money. */
  cashInterest = 0;
  marginInterest = 0;
  borrowCost = 0;

  constructor({ cashRate, marginRate, borrowRate }: BacktestSettings, closeTime: Column) {
    this.cashRate = cashRate;
    this.marginRate = marginRate;
    this.borrowRate = borrowRate;
    this.on = cashRate > 0 || marginRate > 0 || borrowRate > 0;
    this.closeTime = closeTime;
  }

  /**
   * The cash after the time from the close before a row to its own, booked in the totals.
   * @param shorts the value of shorts, zero or negative
   */
  accrue(row: number, cash: number, shorts: number): number {
    const years = interestYears((this.closeTime[row] ?? NaN) - (this.closeTime[row - 1] ?? NaN));
    const free = cash + shorts;
    const earned = free > 0 ? interest(free, this.cashRate, years) : 0;
    const paid = cash < 0 ? interest(-cash, this.marginRate, years) : 0;
    const borrowed = shorts < 0 ? interest(-shorts, this.borrowRate, years) : 0;
    this.cashInterest += earned;
    this.marginInterest += paid;
    this.borrowCost += borrowed;
    return cash + (earned - (paid + borrowed));
  }
}
