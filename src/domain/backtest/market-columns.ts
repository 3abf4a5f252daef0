import { FinAgentError } from "../errors.ts";
import { isoTime } from "../iso-time.ts";
import { barRows } from "../market/bar-rows.ts";
import type { Bars } from "../market/bars.ts";
import type { Column } from "../market/column.ts";
import type { Panel } from "../market/panel.ts";
import { unexplainedAdjustment } from "../market/unexplained-adjustment.ts";
import type { BacktestSettings } from "./settings.ts";

type Field = "open" | "high" | "low" | "close" | "volume";

/** A corporate action at the first row that trades without it. */
export interface BookedAction {
  readonly row: number;
  readonly symbol: number;
  /** Shares made of one, by the split alone. */
  readonly split: number;
  /** Shares made of one where the dividend is reinvested. */
  readonly growth: number;
  /** Money per share after the split. */
  readonly dividend: number;
}

/**
 * The columns that the engine trades on, one value per panel row and NaN where a symbol has no bar, at adjusted
 * or raw prices. A symbol with a bar in every row lends its own columns; others are copied once, when they are
 * first looked at.
 */
export class MarketColumns {
  readonly panel: Panel;
  readonly raw: boolean;
  /** Per symbol the row of its last bar, -1 where it has none. */
  readonly lastRow: Int32Array;
  /** Of raw prices, ascending by row. */
  readonly actions: readonly BookedAction[];
  #open: readonly Column[] | undefined;
  #high: readonly Column[] | undefined;
  #low: readonly Column[] | undefined;
  #close: readonly Column[] | undefined;
  #volume: readonly Column[] | undefined;
  #value: readonly Column[] | undefined;
  readonly #splitsAfter: readonly (Column | null)[];

  constructor(panel: Panel, raw: boolean) {
    this.panel = panel;
    this.raw = raw;
    this.lastRow = Int32Array.from(panel.barAt, (index) => {
      let row = panel.rows - 1;
      while (row >= 0 && (index[row] ?? -1) < 0) row -= 1;
      return row;
    });
    this.actions = raw ? bookedActions(panel) : [];
    this.#splitsAfter = panel.bars.map((bars) => (raw ? splitsAfter(bars) : null));
  }

  get open(): readonly Column[] {
    return (this.#open ??= this.#field("open"));
  }

  get high(): readonly Column[] {
    return (this.#high ??= this.#field("high"));
  }

  get low(): readonly Column[] {
    return (this.#low ??= this.#field("low"));
  }

  get close(): readonly Column[] {
    return (this.#close ??= this.#field("close"));
  }

  /** In shares as they were on that day. */
  get volume(): readonly Column[] {
    return (this.#volume ??= this.#field("volume"));
  }

  /** The last known close: what a position is worth per share in rows without a bar too. */
  get value(): readonly Column[] {
    return (this.#value ??= this.close.map((close, s) => (this.isFull(s) ? close : carriedOn(close))));
  }

  isFull(symbol: number): boolean {
    return this.panel.bars[symbol]?.length === this.panel.rows;
  }

  /** Shares of today made of one share at a bar. */
  splitsAfter(symbol: number, bar: number): number {
    return this.#splitsAfter[symbol]?.[bar] ?? 1;
  }

  #field(name: Field): readonly Column[] {
    return this.panel.bars.map((bars, s) => this.#align(this.#values(bars, name, s), s));
  }

  #values(bars: Bars, name: Field, s: number): Column {
    const column = bars[name];
    const later = this.#splitsAfter[s] ?? null;
    if (!this.raw) return column;
    if (name === "volume") return later === null ? column : column.map((one, i) => one / (later[i] ?? NaN));
    return column.map((one, i) => one / (bars.factor[i] ?? NaN));
  }

  #align(column: Column, s: number): Column {
    if (this.isFull(s)) return column;
    const index = this.panel.barAt[s] ?? new Int32Array(0);
    const aligned = new Float64Array(this.panel.rows).fill(NaN);
    for (let row = 0; row < aligned.length; row += 1) {
      const bar = index[row] ?? -1;
      if (bar >= 0) aligned[row] = column[bar] ?? NaN;
    }
    return aligned;
  }
}

const known = new WeakMap<Panel, Map<BacktestSettings["prices"], MarketColumns>>();

/**
 * The columns of a panel, made once.
 * @throws FinAgentError DATA_INSUFFICIENT for raw prices of a symbol that has none, or whose splits and dividends
 *   are not known
 */
export function marketColumns(panel: Panel, prices: BacktestSettings["prices"]): MarketColumns {
  const made = known.get(panel) ?? new Map<BacktestSettings["prices"], MarketColumns>();
  known.set(panel, made);
  const held = made.get(prices);
  if (held !== undefined) return held;
  if (prices === "raw") checkRaw(panel);
  const columns = new MarketColumns(panel, prices === "raw");
  made.set(prices, columns);
  return columns;
}

function checkRaw({ bars: all }: Panel): void {
  const without = all.filter((bars) => !bars.rawKnown).map((bars) => bars.symbol);
  if (without.length > 0) {
    throw new FinAgentError("DATA_INSUFFICIENT", `There are no raw prices of ${without.join(", ")}.`, {
      hint: "Backtest adjusted prices, or use files with raw prices and an adjusted close, or with splits and dividends.",
      details: { symbols: without },
    });
  }
  for (const bars of all) {
    const bar = unexplainedAdjustment(bars);
    if (bar < 0) continue;
    const day = isoTime(bars.time[bar] ?? NaN).slice(0, "2024-01-01".length);
    throw new FinAgentError(
      "DATA_INSUFFICIENT",
      `The raw prices of ${bars.symbol} cannot be traded: by ${day} its adjusted prices have parted from them, and no split or dividend of the data explains it.`,
      {
        hint: "Backtest adjusted prices, or add the columns of splits and dividends that the adjusted close was made with.",
        details: { symbol: bars.symbol, day },
      },
    );
  }
}

function carriedOn(close: Column): Column {
  const carried = close.slice();
  for (let row = 1; row < carried.length; row += 1) {
    if (Number.isNaN(carried[row] ?? NaN)) carried[row] = carried[row - 1] ?? NaN;
  }
  return carried;
}

/** Per bar the product of all later splits; null without any. */
function splitsAfter({ actions, time }: Bars): Column | null {
  if (!actions.some((action) => action.split !== 1)) return null;
  const after = new Float64Array(time.length).fill(1);
  let k = actions.length - 1;
  let product = 1;
  for (let bar = time.length - 1; bar >= 0; bar -= 1) {
    // An action falls on the first bar that does not open before it; that bar itself is after it.
    for (; k >= 0 && (actions[k]?.time ?? -Infinity) > (time[bar] ?? NaN); k -= 1) {
      product *= actions[k]?.split ?? 1;
    }
    after[bar] = product;
  }
  return after;
}

/**
 * The actions of all symbols by row. Where the source adjusts for dividends, a reinvested one makes the shares
 * that the adjusted prices imply (the ratio of two bars' factors); where it adjusts for splits alone, it buys at
 * the open.
 */
function bookedActions(panel: Panel): readonly BookedAction[] {
  const booked: BookedAction[] = [];
  for (const [symbol, bars] of panel.bars.entries()) {
    const rows = barRows(panel.barAt[symbol] ?? new Int32Array(0), bars.length);
    let bar = 0;
    for (const { time, split, dividend } of bars.actions) {
      while (bar < bars.length && (bars.time[bar] ?? NaN) < time) bar += 1;
      if (bar === 0 || bar >= bars.length) continue;
      const before = booked.at(-1);
      const row = rows[bar] ?? -1;
      // Several actions of one bar are one: shares multiply, and so does what an earlier dividend was paid on.
      const same = before !== undefined && before.symbol === symbol && before.row === row ? before : null;
      if (same !== null) booked.pop();
      const whole = (same?.split ?? 1) * split;
      const paid = (same?.dividend ?? 0) / split + dividend;
      const growth =
        bars.adjustment === "splits-and-dividends"
          ? (bars.factor[bar] ?? NaN) / (bars.factor[bar - 1] ?? NaN)
          : whole * (1 + (paid * (bars.factor[bar] ?? NaN)) / (bars.open[bar] ?? NaN));
      booked.push({ row, symbol, split: whole, growth, dividend: paid });
    }
  }
  return booked.sort((a, b) => a.row - b.row || a.symbol - b.symbol);
}
