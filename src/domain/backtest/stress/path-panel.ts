import { FinAgentError } from "../../errors.ts";
import type { Bars } from "../../market/bars.ts";
import { at, type Column, countAtMost } from "../../market/column.ts";
import type { Panel } from "../../market/panel.ts";

/** One bar as log moves from the close before it; `up` and `down` reach beyond open and close and are at least 0. */
interface BarMove {
  move: number;
  gap: number;
  up: number;
  down: number;
  volume: number;
}

/**
 * A panel whose first rows are real and whose others are written bar by bar. All symbols have a bar in every written
 * row. Writing a path anew overwrites the one before: the columns are the same.
 */
export class PathPanel {
  readonly panel: Panel;
  readonly #kept: readonly number[];
  readonly #start: readonly number[];

  /**
   * @param keptRows real rows at the beginning
   * @param rows opens and closes of the rows to be written
   */
  constructor(real: Panel, keptRows: number, rows: { readonly time: Column; readonly closeTime: Column }) {
    const until = keptRows === 0 ? -Infinity : at(real.time, keptRows - 1);
    const length = rows.time.length;
    this.#kept = real.bars.map((bars) => countAtMost(bars.time, until));
    this.#start = real.bars.map((bars, s) => {
      const kept = this.#kept[s] ?? 0;
      return kept > 0 ? at(bars.close, kept - 1) : at(bars.open, 0);
    });
    this.panel = {
      symbols: real.symbols,
      interval: real.interval,
      calendar: real.calendar,
      rows: keptRows + length,
      time: joined(real.time.subarray(0, keptRows), rows.time),
      closeTime: joined(real.closeTime.subarray(0, keptRows), rows.closeTime),
      bars: real.bars.map((bars, s) => extended(bars, this.#kept[s] ?? 0, rows)),
      barAt: real.barAt.map((index, s) => {
        const barAt = new Int32Array(keptRows + length);
        barAt.set(index.subarray(0, keptRows));
        for (let row = 0; row < length; row += 1) barAt[keptRows + row] = (this.#kept[s] ?? 0) + row;
        return barAt;
      }),
    };
  }

  /**
   * Writes the bar of symbol `s` in the written row `row`, rows in ascending order: a low at most, and a high at least,
   * open and close, all of them positive.
   * @throws FinAgentError NUMERICAL where a price is too large or too small for a number
   */
  write(s: number, row: number, { move, gap, up, down, volume }: BarMove): void {
    const bars = this.panel.bars[s];
    if (bars === undefined) throw new RangeError(`there is no symbol ${s}`);
    const bar = (this.#kept[s] ?? 0) + row;
    const before = row === 0 ? (this.#start[s] ?? NaN) : at(bars.close, bar - 1);
    const open = before * Math.exp(gap);
    const close = before * Math.exp(move);
    const high = Math.max(open, close) * Math.exp(up);
    const low = Math.min(open, close) * Math.exp(-down);
    if (!(low > 0 && high < Infinity)) {
      throw new FinAgentError("NUMERICAL", `The simulated price of ${bars.symbol} ran out of bounds.`, {
        hint: "Choose another model, or a longer period to fit it on.",
        details: { symbol: bars.symbol },
      });
    }
    bars.open[bar] = open;
    bars.high[bar] = high;
    bars.low[bar] = low;
    bars.close[bar] = close;
    bars.volume[bar] = volume;
  }
}

function joined(one: Column, other: Column): Column {
  const both = new Float64Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

function extended(
  bars: Bars,
  kept: number,
  rows: { readonly time: Column; readonly closeTime: Column },
): Bars {
  const blank = new Float64Array(rows.time.length);
  const from = (column: Column, more: Column = blank): Column => joined(column.subarray(0, kept), more);
  const factor = kept === 0 ? 1 : at(bars.factor, kept - 1);
  return {
    ...bars,
    length: kept + rows.time.length,
    time: from(bars.time, rows.time),
    closeTime: from(bars.closeTime, rows.closeTime),
    open: from(bars.open),
    high: from(bars.high),
    low: from(bars.low),
    close: from(bars.close),
    volume: from(bars.volume),
    actions: bars.actions.filter(({ time }) => kept > 0 && time <= at(bars.time, kept - 1)),
    factor: from(bars.factor, new Float64Array(rows.time.length).fill(factor)),
  };
}
