import { barRows } from "../market/bar-rows.ts";
import type { Panel } from "../market/panel.ts";
import type { Rebalancer } from "./rebalancer.ts";
import type { Signals } from "./signal.ts";
import type { Targets } from "./targets.ts";

/** Decisions in order of time, taken up one after the other. */
export interface DecisionSource {
  /** The row at whose close the next decision was made; Infinity after the last. */
  nextRow(): number;
  /** Hands over the next decision; there must be one. */
  takeUp(rebalancer: Rebalancer): void;
}

/** Weights over a panel. */
export class TargetSource implements DecisionSource {
  readonly #targets: Targets;
  #entry = 0;

  constructor(targets: Targets) {
    this.#targets = targets;
  }

  nextRow(): number {
    return this.#targets.rows[this.#entry] ?? Infinity;
  }

  takeUp(rebalancer: Rebalancer): void {
    rebalancer.setAll(this.#targets.weights, this.#entry);
    this.#entry += 1;
  }
}

/** A signal per symbol, each for an equal part of equity, merged by row. */
export class SignalSource implements DecisionSource {
  readonly #rows: Int32Array;
  readonly #symbols: Int32Array;
  readonly #sides: Int8Array;
  readonly #part: number;
  #entry = 0;

  constructor(panel: Panel, { signals }: Signals) {
    this.#part = 1 / panel.symbols.length;
    const total = signals.reduce((sum, signal) => sum + signal.bars.length, 0);
    const [only] = signals;
    if (signals.length === 1 && only !== undefined && panel.bars[0]?.length === panel.rows) {
      this.#rows = only.bars;
      this.#sides = only.sides;
      this.#symbols = new Int32Array(total);
      return;
    }
    // A counting sort by row; symbols stay in the panel's order within one.
    const rowsOf = panel.barAt.map((index, s) => barRows(index, panel.bars[s]?.length ?? 0));
    const start = new Int32Array(panel.rows + 1);
    for (const [s, { bars }] of signals.entries()) {
      for (const bar of bars) {
        const row = rowsOf[s]?.[bar] ?? -1;
        start[row + 1] = (start[row + 1] ?? 0) + 1;
      }
    }
    for (let row = 0; row < panel.rows; row += 1) start[row + 1] = (start[row + 1] ?? 0) + (start[row] ?? 0);
    this.#rows = new Int32Array(total);
    this.#symbols = new Int32Array(total);
    this.#sides = new Int8Array(total);
    for (const [s, { bars, sides }] of signals.entries()) {
      for (let k = 0; k < bars.length; k += 1) {
        const row = rowsOf[s]?.[bars[k] ?? -1] ?? -1;
        const place = start[row] ?? 0;
        start[row] = place + 1;
        this.#rows[place] = row;
        this.#symbols[place] = s;
        this.#sides[place] = sides[k] ?? 0;
      }
    }
  }

  nextRow(): number {
    return this.#rows[this.#entry] ?? Infinity;
  }

  takeUp(rebalancer: Rebalancer): void {
    const row = this.nextRow();
    while (this.nextRow() === row) {
      const side = this.#sides[this.#entry] ?? NaN;
      rebalancer.set(this.#symbols[this.#entry] ?? -1, this.#part * side);
      this.#entry += 1;
    }
  }
}

/** Decisions that are made while the engine runs. */
export class LiveSource implements DecisionSource {
  readonly #symbols: number;
  /** One column of one weight per symbol. */
  readonly #queue: { readonly row: number; readonly weights: readonly Float64Array[] }[] = [];

  constructor(symbols: number) {
    this.#symbols = symbols;
  }

  /** A weight decided at the close of a row; NaN takes it back. */
  set(row: number, symbol: number, weight: number): void {
    let last = this.#queue.at(-1);
    if (last?.row !== row) {
      last = { row, weights: Array.from({ length: this.#symbols }, () => Float64Array.of(NaN)) };
      this.#queue.push(last);
    }
    last.weights[symbol]?.fill(weight);
  }

  nextRow(): number {
    return this.#queue[0]?.row ?? Infinity;
  }

  takeUp(rebalancer: Rebalancer): void {
    rebalancer.setAll(this.#queue.shift()?.weights ?? [], 0);
  }
}
