import { PRICE_FIELDS } from "../../domain/market/bars.ts";
import type { Column } from "../../domain/market/column.ts";
import type { Fault } from "../../domain/market/rows.ts";
import { FinAgentError } from "../../domain/errors.ts";
import type { Layout, PriceCells } from "./layout.ts";
import { forEachRecord } from "./records.ts";
import { readStamp } from "./stamp-reader.ts";

/** The columns of one symbol as they stand in a file, in its order; NaN where there is no number. */
export interface Table {
  readonly length: number;
  readonly line: Int32Array;
  readonly wall: Column;
  readonly offset: Column;
  readonly open: Column;
  readonly high: Column;
  readonly low: Column;
  readonly close: Column;
  readonly volume: Column;
  /** The same trades in money, as crypto files have it. */
  readonly quoteVolume: Column | null;
  readonly adjustedClose: Column | null;
  readonly dividend: Column | null;
  readonly split: Column | null;
  readonly faults: ReadonlyMap<number, Fault>;
}

const NUMBERS = [
  "close",
  "open",
  "high",
  "low",
  "volume",
  "quoteVolume",
  "adjustedClose",
  "dividend",
  "split",
] as const;

type NumberField = (typeof NUMBERS)[number];

/**
 * Reads all records of a price file into one table per symbol. A cell without a number becomes NaN and a fault, for
 * the checks to judge; only a time that cannot be read is refused here.
 * @throws FinAgentError DATA_INVALID naming file, line and text
 */
export function readTables(text: string, layout: Layout, file: string): Map<string, Table> {
  const capacity = countLines(text);
  const builders = [...layout.series].map(
    ([symbol, cells]) => [symbol, new TableBuilder(layout, cells, capacity)] as const,
  );
  const stamp = { wall: NaN, offset: NaN };
  forEachRecord(text, layout.delimiter, layout.headerLines, (cells, line) => {
    const date = (cells[layout.time] ?? "").trim();
    const shown = layout.timeOfDay === null ? date : `${date} ${(cells[layout.timeOfDay] ?? "").trim()}`;
    if (!readStamp(shown, stamp)) {
      throw new FinAgentError("DATA_INVALID", `${file} line ${line}: "${shown}" is no date or time.`, {
        hint: "Write dates as YYYY-MM-DD and times as YYYY-MM-DD HH:MM, with an offset where possible.",
        details: { file, line, column: layout.headers[layout.time] ?? "", text: shown },
      });
    }
    for (const [, builder] of builders) builder.add(cells, line, stamp.wall, stamp.offset);
  });
  return new Map(builders.map(([symbol, builder]) => [symbol, builder.build()]));
}

class TableBuilder {
  readonly #layout: Layout;
  readonly #sparse: boolean;
  readonly #line: Int32Array;
  readonly #wall: Column;
  readonly #offset: Column;
  readonly #columns: readonly (readonly [NumberField, number, Column])[];
  readonly #faults = new Map<number, Fault>();
  #length = 0;

  constructor(layout: Layout, cells: PriceCells, capacity: number) {
    this.#layout = layout;
    // Symbols side by side share dates that not every one of them has.
    this.#sparse = layout.series.size > 1;
    this.#line = new Int32Array(capacity);
    this.#wall = new Float64Array(capacity);
    this.#offset = new Float64Array(capacity);
    this.#columns = NUMBERS.flatMap((field) => {
      const cell = cells[field];
      return cell === undefined ? [] : [[field, cell, new Float64Array(capacity)] as const];
    });
  }

  add(cells: readonly string[], line: number, wall: number, offset: number): void {
    const i = this.#length;
    if (this.#sparse && this.#columns.every(([, cell]) => (cells[cell] ?? "").trim() === "")) return;
    const ragged = cells.length !== this.#layout.headers.length;
    for (const [field, cell, column] of this.#columns) {
      const text = cells[cell] ?? "";
      const value = ragged ? NaN : numberIn(text);
      // Nothing traded, paid or split is often written as nothing.
      column[i] = Number.isNaN(value) && !ragged && isOptional(field) && text.trim() === "" ? 0 : value;
      if (!Number.isFinite(column[i]) && !this.#faults.has(line)) {
        this.#faults.set(
          line,
          ragged
            ? { column: null, text: cells.join(this.#layout.delimiter) }
            : { column: this.#layout.headers[cell] ?? field, text },
        );
      }
    }
    this.#line[i] = line;
    this.#wall[i] = wall;
    this.#offset[i] = offset;
    this.#length = i + 1;
  }

  build(): Table {
    const length = this.#length;
    const scale = this.#layout.tenThousandths ? 10_000 : 1;
    const byField = new Map<NumberField, Column>();
    for (const [field, , column] of this.#columns) {
      const cut = column.slice(0, length);
      byField.set(field, field === "volume" || scale === 1 ? cut : cut.map((price) => price / scale));
    }
    const close = byField.get("close") ?? new Float64Array(length);
    return {
      length,
      line: this.#line.slice(0, length),
      wall: this.#wall.slice(0, length),
      offset: this.#offset.slice(0, length),
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
}

function isOptional(field: NumberField): boolean {
  return field !== "adjustedClose" && !PRICE_FIELDS.some((price) => price === field);
}

function numberIn(text: string): number {
  const value = Number(text);
  return value === 0 && text.trim() === "" ? NaN : value;
}

function countLines(text: string): number {
  let count = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}
