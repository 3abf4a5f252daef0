import type { Column } from "../market/column.ts";

/** Money traded / equity before trading, of the rows that traded. */
export class TurnoverLog {
  #length = 0;
  #rows = new Int32Array(1024);
  #values: Column = new Float64Array(1024);

  add(row: number, traded: number, equity: number): void {
    if (traded === 0) return;
    const i = this.#length;
    if (i === this.#rows.length) {
      const rows = new Int32Array(2 * i);
      rows.set(this.#rows);
      this.#rows = rows;
      const values = new Float64Array(2 * i);
      values.set(this.#values);
      this.#values = values;
    }
    this.#rows[i] = row;
    this.#values[i] = traded / equity;
    this.#length = i + 1;
  }

  /** One value for each row from <= row < to. */
  column(from: number, to: number): Column {
    const column = new Float64Array(to - from);
    for (let i = 0; i < this.#length; i += 1) {
      const at = (this.#rows[i] ?? NaN) - from;
      column[at] = (column[at] ?? NaN) + (this.#values[i] ?? NaN);
    }
    return column;
  }
}
