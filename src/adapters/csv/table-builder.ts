import { PRICE_FIELDS } from "../../domain/market/bars.ts";
import type { Column } from "../../domain/market/column.ts";
import type { Fault } from "../../domain/market/rows.ts";
import type { Layout, PriceCells } from "./layout.ts";
import { NUMBER_FIELDS, type NumberField, type Table } from "./table.ts";

/** Unused room at the end of columns of this part of their length is kept rather than copied away. */
const SPARE = 1.25;

/** Makes the table of one symbol, record by record. */
export class TableBuilder {
  /** The cells that are read, in the order of the fields. */
  readonly cells: Int32Array;
  #columns: readonly Column[];
  length = 0;
  readonly #layout: Layout;
  readonly #fields: readonly NumberField[];
  readonly #sparse: boolean;
  #capacity: number;
  #line: Int32Array;
  #wall: Column;
  #offset: Column;
  readonly #faults = new Map<number, Fault>();

  constructor(layout: Layout, cells: PriceCells, capacity: number) {
    this.#layout = layout;
    // Symbols side by side share dates that not every one of them has.
    this.#sparse = layout.series.size > 1;
    this.#capacity = capacity;
    this.#line = new Int32Array(capacity);
    this.#wall = new Float64Array(capacity);
    this.#offset = new Float64Array(capacity);
    this.#fields = NUMBER_FIELDS.filter((field) => cells[field] !== undefined);
    this.cells = Int32Array.from(this.#fields, (field) => cells[field] ?? NaN);
    this.#columns = this.#fields.map(() => new Float64Array(capacity));
  }

  /** Adds a record as text, with all that may be wrong with it. */
  addText(cells: readonly string[], line: number, wall: number, offset: number): void {
    if (this.#sparse && this.cells.every((cell) => (cells[cell] ?? "").trim() === "")) return;
    this.#reserve();
    const i = this.length;
    const ragged = cells.length !== this.#layout.headers.length;
    for (const [k, field] of this.#fields.entries()) {
      const cell = this.cells[k] ?? NaN;
      const text = cells[cell] ?? "";
      const read = ragged ? NaN : numberIn(text);
      // Nothing traded, paid or split is often written as nothing.
      const value = Number.isNaN(read) && !ragged && isOptional(field) && text.trim() === "" ? 0 : read;
      const column = this.#columns[k];
      if (column !== undefined) column[i] = value;
      if (!Number.isFinite(value) && !this.#faults.has(line)) {
        this.#faults.set(
          line,
          ragged
            ? { column: null, text: cells.join(this.#layout.delimiter) }
            : { column: this.#layout.headers[cell] ?? field, text },
        );
      }
    }
    this.#stamp(i, line, wall, offset);
  }

  /** Adds a record whose cells are all finite numbers, given by cell. */
  addNumbers(values: Column, line: number, wall: number, offset: number): void {
    this.#reserve();
    const i = this.length;
    const cells = this.cells;
    const columns = this.#columns;
    for (let k = 0; k < columns.length; k++) {
      const column = columns[k];
      if (column !== undefined) column[i] = values[cells[k] ?? 0] ?? NaN;
    }
    this.#stamp(i, line, wall, offset);
  }

  build(): Table {
    const length = this.length;
    const cut = <C extends Column | Int32Array>(column: C): C =>
      (column.length > SPARE * length ? column.slice(0, length) : column.subarray(0, length)) as C;
    const scale = this.#layout.tenThousandths ? 10_000 : 1;
    const byField = new Map<NumberField, Column>();
    for (const [k, field] of this.#fields.entries()) {
      const column = cut(this.#columns[k] ?? new Float64Array(length));
      byField.set(field, field === "volume" || scale === 1 ? column : column.map((price) => price / scale));
    }
    const close = byField.get("close") ?? new Float64Array(length);
    return {
      length,
      line: cut(this.#line),
      wall: cut(this.#wall),
      offset: cut(this.#offset),
      open: byField.get("open") ?? close,
      high: byField.get("high") ?? close,
      low: byField.get("low") ?? close,
      close,
      volume: byField.get("volume") ?? new Float64Array(length),
      quoteVolume: byField.get("quoteVolume") ?? null,
      adjustedClose: byField.get("adjustedClose") ?? null,
      dividend: byField.get("dividend") ?? null,
      split: byField.get("split") ?? null,
      faults: this.#faults,
    };
  }

  #stamp(i: number, line: number, wall: number, offset: number): void {
    this.#line[i] = line;
    this.#wall[i] = wall;
    this.#offset[i] = offset;
    this.length = i + 1;
  }

  #reserve(): void {
    if (this.length < this.#capacity) return;
    this.#capacity = Math.ceil(this.#capacity * 1.5) + 1;
    const grown = (column: Column): Column => {
      const larger = new Float64Array(this.#capacity);
      larger.set(column);
      return larger;
    };
    const lines = new Int32Array(this.#capacity);
    lines.set(this.#line);
    this.#line = lines;
    this.#wall = grown(this.#wall);
    this.#offset = grown(this.#offset);
    this.#columns = this.#columns.map(grown);
  }
}

function isOptional(field: NumberField): boolean {
  return field !== "adjustedClose" && !PRICE_FIELDS.some((price) => price === field);
}

function numberIn(text: string): number {
  const value = Number(text);
  return value === 0 && text.trim() === "" ? NaN : value;
}
