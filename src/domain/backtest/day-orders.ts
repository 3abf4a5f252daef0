import { calendarOf } from "../market/calendars.ts";
import type { Calendar } from "../market/calendar.ts";
import { dayOf } from "../market/day.ts";
import type { Panel } from "../market/panel.ts";
import { KIND, type OrderBook } from "./order-book.ts";

/**
 * Ends day orders with their session: at its close, which the calendar knows, before a rule is asked there; where
 * the bar of that close is missing, before the next session opens. A daily bar is a whole session.
 */
export class DayOrders {
  readonly #panel: Panel;
  readonly #book: OrderBook;
  readonly #calendar: Calendar;

  constructor(panel: Panel, book: OrderBook) {
    this.#panel = panel;
    this.#book = book;
    this.#calendar = calendarOf(panel.calendar);
  }

  /** Before the orders of a row are filled. */
  open(row: number): void {
    if (this.#book.dayOrders > 0) this.#book.expire(dayOf(this.#dateOf(row)), row);
  }

  /**
   * After they were.
   * @param filling whether market orders are still to be filled at this close
   */
  close(row: number, filling: boolean): void {
    const book = this.#book;
    if (book.dayOrders === 0) return;
    const date = this.#dateOf(row);
    const session = dayOf(date);
    book.expire(session, row);
    if (this.#isOver(row, date)) book.endSession(session, filling ? KIND.market : -1);
  }

  #dateOf(row: number): string {
    return this.#calendar.dateOf(this.#panel.time[row] ?? NaN);
  }

  #isOver(row: number, date: string): boolean {
    if (this.#panel.interval === "1d") return true;
    const session = this.#calendar.session(date);
    return session !== undefined && (this.#panel.closeTime[row] ?? NaN) >= session.close;
  }
}
