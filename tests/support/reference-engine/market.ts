import { at } from "../../../src/domain/market/column.ts";
import type { Panel } from "../../../src/domain/market/panel.ts";

/** Prices in money of the day, volume in shares of the day. */
export interface Bar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** What happened to a share between its bar before and this one. */
export interface ShareEvent {
  readonly split: number;
  /** Money per share after the split. */
  readonly dividend: number;
  /** Shares made of one where the dividend is reinvested. */
  readonly growth: number;
}

/** Bars after one another from which the impact is estimated, and the fewest. */
const IMPACT_BARS = 20;
const FEWEST_BARS = 3;

/** A panel as the reference engine reads it: one object per symbol and row. */
export class Market {
  readonly panel: Panel;
  readonly #raw: boolean;
  readonly #bars: readonly (readonly (Bar | null)[])[];
  readonly #closes: readonly (readonly number[])[];

  constructor(panel: Panel, raw: boolean) {
    this.panel = panel;
    this.#raw = raw;
    const rows = Array.from({ length: panel.rows }, (_, row) => row);
    this.#bars = panel.symbols.map((_, s) => rows.map((row) => this.#read(s, row)));
    this.#closes = this.#bars.map((bars) => {
      let close = NaN;
      return bars.map((bar) => (close = bar?.close ?? close));
    });
  }

  /** Null where the symbol has none in that row. */
  bar(symbol: number, row: number): Bar | null {
    return this.#bars[symbol]?.[row] ?? null;
  }

  /** The last known close; NaN before the first bar. */
  close(symbol: number, row: number): number {
    return this.#closes[symbol]?.[row] ?? NaN;
  }

  /** The row of a symbol's last bar. */
  lastRow(symbol: number): number {
    return this.#bars[symbol]?.findLastIndex((bar) => bar !== null) ?? -1;
  }

  /** Splits and dividends of raw prices, several of one bar as one; null without any. */
  event(symbol: number, row: number): ShareEvent | null {
    const bars = this.panel.bars[symbol];
    const index = this.#index(symbol, row);
    if (!this.#raw || bars === undefined || index <= 0) return null;
    const from = at(bars.time, index - 1);
    const to = at(bars.time, index);
    const actions = bars.actions.filter(({ time }) => time > from && time <= to);
    if (actions.length === 0) return null;
    let split = 1;
    let dividend = 0;
    for (const action of actions) {
      dividend = dividend / action.split + action.dividend;
      split *= action.split;
    }
    const growth =
      bars.adjustment === "splits-and-dividends"
        ? at(bars.factor, index) / at(bars.factor, index - 1)
        : split * (1 + dividend / (this.bar(symbol, row)?.open ?? NaN));
    return { split, dividend, growth };
  }

  /**
   * Standard deviation of the returns and mean volume of a bar, of the bars before the one of a row; null where
   * there is no such bar or too few before it.
   */
  recent(symbol: number, row: number): { volatility: number; volume: number } | null {
    const bars = this.panel.bars[symbol];
    const index = this.#index(symbol, row);
    if (bars === undefined || index < FEWEST_BARS) return null;
    const first = Math.max(0, index - IMPACT_BARS);
    const closes = [...bars.close.subarray(first, index)];
    const returns = closes.slice(1).map((close, i) => close / (closes[i] ?? NaN) - 1);
    const mean = average(returns);
    const squares = returns.map((one) => (one - mean) ** 2);
    const volatility = Math.sqrt(squares.reduce((sum, one) => sum + one, 0) / (returns.length - 1));
    const volume = average([...bars.volume.subarray(first, index)]) / this.#splitsAfter(symbol, index);
    return { volatility, volume };
  }

  #read(symbol: number, row: number): Bar | null {
    const bars = this.panel.bars[symbol];
    const index = this.#index(symbol, row);
    if (bars === undefined || index < 0) return null;
    const factor = this.#raw ? at(bars.factor, index) : 1;
    return {
      open: at(bars.open, index) / factor,
      high: at(bars.high, index) / factor,
      low: at(bars.low, index) / factor,
      close: at(bars.close, index) / factor,
      volume: at(bars.volume, index) / this.#splitsAfter(symbol, index),
    };
  }

  #splitsAfter(symbol: number, index: number): number {
    const bars = this.panel.bars[symbol];
    if (!this.#raw || bars === undefined) return 1;
    const later = bars.actions.filter(({ time }) => time > at(bars.time, index));
    return later.reduce((product, { split }) => product * split, 1);
  }

  #index(symbol: number, row: number): number {
    return this.panel.barAt[symbol]?.[row] ?? -1;
  }
}

function average(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}
