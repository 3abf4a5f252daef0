import { FinAgentError } from "../errors.ts";
import type { Panel } from "../market/panel.ts";
import { Account } from "./account.ts";
import { checkTargets } from "./check-targets.ts";
import type { BacktestSettings } from "./settings.ts";
import type { Simulation } from "./simulation.ts";
import { targetShares } from "./sizing.ts";
import type { Targets } from "./targets.ts";

export interface RowWindow {
  readonly fromRow: number;
  /** Exclusive. */
  readonly toRow: number;
}

/** A row's purchases cut below this share of what was meant are counted; costs alone cut less. */
const CASH_SHORT = 0.99;

/** Purchases that exceed the cash by no more than this factor do so by rounding alone. */
const ROUNDING = 1 + 1e-9;

/**
 * Executes targets on a panel.
 *
 * - A decision at the close of row t fills at the open of the symbol's next bar (settings.fill `next-open`) or
 *   at the close of its bar in row t, else of its next bar (`close`). Where the symbol has no bar the decision
 *   waits, a newer one replaces it. What is decided at the window's last close stays unfilled.
 * - The last decision per symbol before the window counts as made at the close of its first row.
 * - Sizes: see sizing.ts, with the equity at the fill prices of the row. Symbols without a bar, and positions
 *   between bars, are valued at the last known price.
 * - Sales come first, then shorts are bought back, then positions are bought with the cash that there is: all
 *   purchases of a row are scaled down alike where it does not reach. The proceeds of shorts are cash, and
 *   short sales are not limited; margin is not modelled.
 * - With settings.closeOut, everything held that has a bar in the last row is closed at that row's fill price
 *   in place of any other decision. The end of a window is known beforehand, so this looks at nothing ahead.
 * - An equity of zero or below at a close ends the run: all positions are closed at that close and the debt
 *   stays.
 *
 * @throws FinAgentError BAD_ARGUMENT where targets or window do not fit the panel
 */
export function simulate(
  panel: Panel,
  targets: Targets,
  settings: BacktestSettings,
  window: RowWindow = { fromRow: 0, toRow: panel.rows },
): Simulation {
  checkTargets(targets, panel);
  checkWindow(panel, window);
  return new Run(panel, targets, settings, window).run();
}

class Run {
  readonly #panel: Panel;
  readonly #targets: Targets;
  readonly #settings: BacktestSettings;
  readonly #window: RowWindow;
  readonly #account: Account;
  readonly #symbols: number;
  readonly #fillPrice: readonly Float64Array[];
  readonly #close: readonly Float64Array[];
  readonly #costFactor: number;
  /** Per symbol: the weight that waits to be filled (NaN: none), the last known price, this row's fill price. */
  readonly #pending: Float64Array;
  readonly #last: Float64Array;
  readonly #price: Float64Array;
  readonly #wanted: Float64Array;
  #waiting = 0;
  #entry = 0;
  #decisions = 0;
  #cashShortRows = 0;
  #ruinedRow: number | null = null;

  constructor(panel: Panel, targets: Targets, settings: BacktestSettings, window: RowWindow) {
    this.#panel = panel;
    this.#targets = targets;
    this.#settings = settings;
    this.#window = window;
    const symbols = panel.symbols.length;
    this.#symbols = symbols;
    this.#account = new Account(symbols, countWeights(targets) + 2 * symbols, settings);
    this.#fillPrice = panel.bars.map((bars) => (settings.fill === "close" ? bars.close : bars.open));
    this.#close = panel.bars.map((bars) => bars.close);
    this.#costFactor = (1 + settings.slippageBps * 1e-4) * (1 + settings.commission);
    this.#pending = new Float64Array(symbols).fill(NaN);
    this.#last = new Float64Array(symbols).fill(NaN);
    this.#price = new Float64Array(symbols).fill(NaN);
    this.#wanted = new Float64Array(symbols);
  }

  run(): Simulation {
    const { fromRow, toRow } = this.#window;
    const equity = new Float64Array(toRow - fromRow);
    const cash = new Float64Array(toRow - fromRow);
    const exposure = new Float64Array(toRow - fromRow);
    const turnover = new Float64Array(toRow - fromRow);
    const sameClose = this.#settings.fill === "close";
    const account = this.#account;
    // Local names for the loop below, the hot one.
    const { barAt } = this.#panel;
    const close = this.#close;
    const last = this.#last;
    const { shares } = account;
    const symbols = this.#symbols;

    for (let row = fromRow; row < toRow; row += 1) {
      const i = row - fromRow;
      if (sameClose) this.#decide(row);
      if (this.#settings.closeOut && row === toRow - 1) this.#decideCloseOut(row);
      if (this.#waiting > 0) turnover[i] = this.#fill(row);

      let value = 0;
      let gross = 0;
      for (let s = 0; s < symbols; s += 1) {
        const bar = barAt[s]?.[row] ?? -1;
        if (bar >= 0) last[s] = close[s]?.[bar] ?? NaN;
        const held = shares[s] ?? NaN;
        if (held === 0) continue;
        const worth = held * (last[s] ?? NaN);
        value += worth;
        gross += Math.abs(worth);
      }
      if (account.cash + value <= 0 && this.#ruinedRow === null) {
        this.#closeAll(row);
        value = 0;
        gross = 0;
      }
      const total = account.cash + value;
      equity[i] = total;
      cash[i] = account.cash;
      exposure[i] = gross === 0 ? 0 : gross / total;
      if (!sameClose) this.#decide(row);
    }

    return {
      fromRow,
      toRow,
      equity,
      cash,
      exposure,
      turnover,
      fills: account.fills.done(),
      trades: account.trips.done(toRow - 1, shares, last),
      commission: account.commission,
      slippage: account.slippage,
      decisions: this.#decisions,
      unfilled: this.#waiting,
      cashShortRows: this.#cashShortRows,
      ruinedRow: this.#ruinedRow,
    };
  }

  /** Takes up the decisions of this row; at the window's first row those before it too. */
  #decide(row: number): void {
    const { rows, weights } = this.#targets;
    if ((rows[this.#entry] ?? Infinity) > row || this.#ruinedRow !== null) return;
    for (; (rows[this.#entry] ?? Infinity) <= row; this.#entry += 1) {
      for (let s = 0; s < this.#symbols; s += 1) {
        const weight = weights[s]?.[this.#entry] ?? NaN;
        if (!Number.isNaN(weight)) this.#setPending(s, weight);
      }
    }
    this.#decisions += 1;
  }

  #decideCloseOut(row: number): void {
    for (let s = 0; s < this.#symbols; s += 1) {
      if ((this.#panel.barAt[s]?.[row] ?? -1) < 0) continue;
      this.#setPending(s, this.#account.shares[s] === 0 ? NaN : 0);
    }
  }

  #setPending(s: number, weight: number): void {
    const before = Number.isNaN(this.#pending[s] ?? NaN) ? 0 : 1;
    this.#waiting += (Number.isNaN(weight) ? 0 : 1) - before;
    this.#pending[s] = weight;
  }

  /**
   * Fills what waits and has a bar in this row.
   * @returns money traded / equity before trading
   */
  #fill(row: number): number {
    const account = this.#account;
    let equity = account.cash;
    for (let s = 0; s < this.#symbols; s += 1) {
      const bar = this.#panel.barAt[s]?.[row] ?? -1;
      const price = bar < 0 ? NaN : (this.#fillPrice[s]?.[bar] ?? NaN);
      this.#price[s] = price;
      const held = account.shares[s] ?? NaN;
      if (held !== 0) equity += held * (bar < 0 ? (this.#last[s] ?? NaN) : price);
    }
    // Nothing can be sized on a debt; the close of this row decides whether the run is over.
    if (equity <= 0) return 0;

    let traded = 0;
    let coverCost = 0;
    let openCost = 0;
    for (let s = 0; s < this.#symbols; s += 1) {
      this.#wanted[s] = NaN;
      const weight = this.#pending[s] ?? NaN;
      const price = this.#price[s] ?? NaN;
      if (Number.isNaN(weight) || Number.isNaN(price)) continue;
      this.#setPending(s, NaN);
      const held = account.shares[s] ?? NaN;
      const target = targetShares(weight, held, equity, price, this.#costFactor, this.#settings.wholeShares);
      if (target < held) {
        traded += account.tradeTo(target, row, s, price);
      } else if (target > held) {
        this.#wanted[s] = target;
        coverCost += (Math.min(target, 0) - Math.min(held, 0)) * price * this.#costFactor;
        openCost += (Math.max(target, 0) - Math.max(held, 0)) * price * this.#costFactor;
      }
    }
    if (coverCost + openCost > 0) traded += this.#buy(row, account.cash - coverCost, openCost);
    return traded / equity;
  }

  /** The purchases of a row: shorts are bought back in full, longs as far as the cash reaches. */
  #buy(row: number, cash: number, openCost: number): number {
    const reach = Math.max(0, cash);
    const scale = openCost > reach * ROUNDING ? reach / openCost : 1;
    if (scale < CASH_SHORT) this.#cashShortRows += 1;
    let traded = 0;
    for (let s = 0; s < this.#symbols; s += 1) {
      const wanted = this.#wanted[s] ?? NaN;
      if (Number.isNaN(wanted)) continue;
      const held = this.#account.shares[s] ?? NaN;
      const base = Math.max(held, Math.min(wanted, 0));
      const more = (wanted - base) * scale;
      const target = base + (this.#settings.wholeShares && scale < 1 ? Math.floor(more) : more);
      if (target !== held) traded += this.#account.tradeTo(target, row, s, this.#price[s] ?? NaN);
    }
    return traded;
  }

  #closeAll(row: number): void {
    this.#ruinedRow = row;
    for (let s = 0; s < this.#symbols; s += 1) {
      this.#setPending(s, NaN);
      if (this.#account.shares[s] !== 0) this.#account.tradeTo(0, row, s, this.#last[s] ?? NaN);
    }
  }
}

/** An upper bound of the fills: each weight is filled at most once. */
function countWeights(targets: Targets): number {
  let count = 0;
  for (const column of targets.weights) {
    for (let k = 0; k < column.length; k += 1) if (!Number.isNaN(column[k] ?? NaN)) count += 1;
  }
  return count;
}

function checkWindow(panel: Panel, { fromRow, toRow }: RowWindow): void {
  const inside = Number.isInteger(fromRow) && Number.isInteger(toRow) && fromRow >= 0 && toRow <= panel.rows;
  if (inside && fromRow < toRow) return;
  throw new FinAgentError(
    "BAD_ARGUMENT",
    `Rows ${fromRow} to ${toRow} are no window in a panel of ${panel.rows} rows.`,
  );
}
