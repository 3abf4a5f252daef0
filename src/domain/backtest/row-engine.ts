import type { Panel } from "../market/panel.ts";
import { Account } from "./account.ts";
import { Carry } from "./carry.ts";
import { DayOrders } from "./day-orders.ts";
import { DecidedRows } from "./decided-rows.ts";
import type { DecisionSource } from "./decision-source.ts";
import { CAUSE } from "./fills.ts";
import { type MarketColumns, marketColumns } from "./market-columns.ts";
import { OrderBook } from "./order-book.ts";
import { OrderExecution } from "./order-execution.ts";
import { Protection } from "./protection.ts";
import { Rebalancer } from "./rebalancer.ts";
import { checkWindow, type RowWindow } from "./row-window.ts";
import { ScheduledEvents } from "./scheduled-events.ts";
import type { BacktestSettings } from "./settings.ts";
import type { Simulation } from "./simulation.ts";
import { TradeLimits } from "./trade-limits.ts";
import { TurnoverLog } from "./turnover-log.ts";
import { simulationOf } from "./simulation-of.ts";
import { Valuation } from "./valuation.ts";

/** Symbol rows that are searched for touched stops at once, where there are many symbols. */
const SCAN = 32_768;

/**
 * Goes through the rows of a window, see engine.ts for the rules: one row after the other (`advance`), or all of
 * them where decisions are known beforehand (`run`). Then only rows in which something can happen are walked
 * through, the others are valued in one go with the same arithmetic.
 */
export class RowEngine {
  readonly panel: Panel;
  readonly settings: BacktestSettings;
  readonly market: MarketColumns;
  readonly account: Account;
  readonly book = new OrderBook();
  readonly decided = new DecidedRows();
  readonly valuation: Valuation;
  /** The row that was reached last. */
  row: number;
  /** The row at whose close the equity was gone; null where it never was. */
  ruinedRow: number | null = null;
  readonly #window: RowWindow;
  readonly #source: DecisionSource;
  readonly #limits: TradeLimits;
  readonly #rebalancer: Rebalancer;
  readonly #protection: Protection;
  readonly #execution: OrderExecution;
  readonly #dayOrders: DayOrders;
  readonly #carry: Carry;
  readonly #events: ScheduledEvents;
  readonly #turnover = new TurnoverLog();
  readonly #sameClose: boolean;
  readonly #delay: number;
  #settled = true;
  #liquidations = 0;

  /**
   * @param tracked whether entry prices are asked for
   * @throws FinAgentError BAD_ARGUMENT for a window that is none, DATA_INSUFFICIENT for data the settings need
   */
  constructor(
    panel: Panel,
    settings: BacktestSettings,
    window: RowWindow,
    source: DecisionSource,
    tracked: boolean,
  ) {
    checkWindow(panel, window);
    const symbols = panel.symbols.length;
    const market = marketColumns(panel, settings.prices);
    const { stopLoss, takeProfit, trailingStop } = settings;
    const keep = tracked || stopLoss !== null || takeProfit !== null || trailingStop !== null;
    const account = new Account(symbols, settings, keep);
    const limits = new TradeLimits(market, account, settings);
    const rebalancer = new Rebalancer(market, account, limits, settings);
    const protection = new Protection(market, account, limits, rebalancer, settings);
    this.panel = panel;
    this.settings = settings;
    this.market = market;
    this.account = account;
    this.row = window.fromRow - 1;
    this.#window = window;
    this.#source = source;
    this.#limits = limits;
    this.#rebalancer = rebalancer;
    this.#protection = protection;
    this.#execution = new OrderExecution(market, account, this.book, limits, protection, settings);
    this.#dayOrders = new DayOrders(panel, this.book);
    this.#carry = new Carry(settings, panel.closeTime);
    this.valuation = new Valuation(market, account, this.#carry, settings.maintenanceMargin, window);
    this.#events = new ScheduledEvents(market, account, this.book, settings, keep, window.toRow);
    this.#sameClose = settings.fill === "close";
    this.#delay = (this.#sameClose ? 0 : 1) + settings.latencyBars;
  }

  get ruined(): boolean {
    return this.ruinedRow !== null;
  }

  /** Goes on to the close of the next row; false where there is none. */
  advance(): boolean {
    if (!this.#settled) this.#settle();
    if (this.row + 1 >= this.#window.toRow) return false;
    this.row += 1;
    this.#trade();
    this.#settled = false;
    if (!this.#sameClose) this.#settle();
    return true;
  }

  /** All rows, for decisions that are known beforehand. */
  run(): Simulation {
    this.#walk();
    return this.simulation();
  }

  /** What came of it; the rows up to the one that was reached. */
  simulation(): Simulation {
    if (!this.#settled) this.#settle();
    const { fromRow } = this.#window;
    const toRow = this.row + 1;
    // What is still under way at the end is unfilled; before, its time may come.
    if (this.ruinedRow === null && toRow === this.#window.toRow) this.#takeUp(this.row, 0);
    const { account } = this;
    return simulationOf(this.market, this.settings, this.#turnover, {
      fromRow,
      toRow,
      equity: this.valuation.equity.subarray(0, toRow - fromRow),
      fills: account.fills.done(),
      grown: [...this.#events.grown],
      commission: account.commission,
      spread: account.spread,
      slippage: account.slippage,
      impact: account.impact,
      borrowCost: this.#carry.borrowCost,
      marginInterest: this.#carry.marginInterest,
      cashInterest: this.#carry.cashInterest,
      dividends: this.#events.dividends,
      decisions: this.decided.count,
      unfilled: this.#rebalancer.waiting,
      working: this.book.working,
      cashShortRows: this.#rebalancer.cashShortRows + this.#execution.cashShort,
      volumeCuts: this.#limits.cut,
      unmeasuredImpacts: this.#limits.unmeasured,
      liquidations: this.#liquidations,
      delisted: [...this.#events.delisted],
      ruinedRow: this.ruinedRow,
    });
  }

  /** Apart from `run`, so that the loop is compiled without what follows it. */
  #walk(): void {
    const { toRow } = this.#window;
    for (let next = this.row + 1; next < toRow; next = this.row + 1) {
      if (!this.#settled) this.#settle();
      const end = this.#nextEvent(next);
      if (end > next) this.row = this.#quiet(next, end) - 1;
      this.advance();
    }
  }

  /** The first row from `row` in which something may be traded or booked. */
  #nextEvent(row: number): number {
    const { fromRow, toRow } = this.#window;
    if (this.ruined) return toRow;
    if (this.book.length > 0) return row;
    let end = this.settings.closeOut ? toRow - 1 : toRow;
    end = Math.min(end, Math.max(this.#source.nextRow(), fromRow) + this.#delay, this.#events.nextRow());
    return end <= row ? row : this.#rebalancer.nextRow(row, end);
  }

  /** Values rows in which nothing is decided, up to the first in which a level is touched or a margin missed. */
  #quiet(from: number, to: number): number {
    const protection = this.#protection;
    if (this.ruined) {
      this.valuation.equity.fill(this.account.cash, from - this.#window.fromRow, to - this.#window.fromRow);
      return to;
    }
    let end = to;
    if (protection.on) {
      const symbols = this.panel.symbols.length;
      if (symbols > 1) end = Math.min(end, from + Math.max(8, Math.floor(SCAN / symbols)));
      end = protection.scan(from, end);
    }
    end = this.valuation.quiet(from, end);
    if (protection.on) protection.follow(from, end);
    return end;
  }

  /** Everything up to the close of the row. */
  #trade(): void {
    const { account } = this;
    const { row } = this;
    account.beginRow(row);
    if (this.ruined) return;
    this.valuation.accrue(row);
    if (this.#events.nextRow() <= row) this.#events.book();
    if (!this.#sameClose) this.#rebalance();
    const before = account.tradedInRow;
    const orders = this.book.length > 0;
    if (orders) {
      this.#dayOrders.open(row);
      this.#execution.open();
    }
    if (this.#protection.on) this.#protection.apply();
    if (orders) {
      this.#execution.inside();
      // Before this row's close, at which orders may be placed that have not seen the bar.
      this.#execution.follow();
      this.#dayOrders.close(row, this.#sameClose);
    }
    this.#turnover.add(row, account.tradedInRow - before, this.#equityBefore());
  }

  /** Everything at the close of the row. */
  #settle(): void {
    this.#settled = true;
    const { account } = this;
    const { row } = this;
    const i = row - this.#window.fromRow;
    if (this.ruined) {
      this.valuation.equity[i] = account.cash;
      return;
    }
    if (this.#sameClose) {
      account.unseen = true;
      this.#rebalance();
      const before = account.tradedInRow;
      this.#execution.close();
      this.#dayOrders.close(row, false);
      this.#turnover.add(row, account.tradedInRow - before, this.#equityBefore());
    }
    const { valuation } = this;
    valuation.valueAt(row);
    let total = account.cash + valuation.value;
    const margin = total < this.settings.maintenanceMargin * valuation.gross;
    if (total <= 0 || margin) {
      this.#closeAll();
      total = account.cash;
      if (margin && total > 0) this.#liquidations += 1;
      else this.ruinedRow = row;
    }
    valuation.equity[i] = total;
    if (this.#protection.on) this.#protection.follow(row, row + 1);
    if (this.book.length > 0) this.book.compact();
  }

  #rebalance(): void {
    const { row } = this;
    const { account } = this;
    this.#takeUp(row, this.#delay);
    if (this.settings.closeOut && row === this.#window.toRow - 1) this.#closeOut();
    if (this.#rebalancer.waiting === 0) return;
    const before = account.tradedInRow;
    const equity = this.#rebalancer.fill();
    this.#turnover.add(row, account.tradedInRow - before, equity);
  }

  /** Hands over what was decided at the close of `delay` rows before and earlier. */
  #takeUp(row: number, delay: number): void {
    const { fromRow } = this.#window;
    for (;;) {
      const decided = Math.max(this.#source.nextRow(), fromRow);
      if (decided + delay > row) return;
      this.decided.weigh(decided);
      this.#source.takeUp(this.#rebalancer);
    }
  }

  #closeOut(): void {
    this.book.endAll();
    const prices = this.market.open;
    for (let s = 0; s < prices.length; s += 1) {
      if (Number.isNaN(prices[s]?.[this.row] ?? NaN)) continue;
      this.#rebalancer.set(s, this.account.shares[s] === 0 ? NaN : 0, CAUSE.closeOut);
    }
  }

  #closeAll(): void {
    const { account } = this;
    this.#rebalancer.clear();
    this.book.endAll();
    for (let s = 0; s < account.shares.length; s += 1) {
      const held = account.shares[s] ?? NaN;
      if (held === 0) continue;
      const price = this.market.value[s]?.[this.row] ?? NaN;
      account.tradeTo(s, 0, price, this.#limits.impact(s, -held), CAUSE.liquidation);
      this.#limits.use(s, -held);
    }
  }

  #equityBefore(): number {
    const i = this.row - this.#window.fromRow;
    return i === 0 ? this.settings.capital : (this.valuation.equity[i - 1] ?? NaN);
  }
}
