import { z } from "zod";
import type { Codec } from "../columnar/column-cache.ts";
import type { StoredColumn } from "../columnar/column-file.ts";
import { type Table } from "./table.ts";

/** Raise it with every change to what is read from a file: to cells, numbers and times. */
const VERSION = 1;
/** A file with more faults is to be corrected, not kept. */
const MOST_FAULTS = 1000;

const index = z.int().min(0);
const optional = index.nullable();

/** A table's columns as indices into those of the file; columns that are the same one stay so. */
const tableSchema = z.object({
  symbol: z.string(),
  length: index,
  line: index,
  wall: index,
  offset: index,
  open: index,
  high: index,
  low: index,
  close: index,
  volume: index,
  quoteVolume: optional,
  adjustedClose: optional,
  dividend: optional,
  split: optional,
  faults: z.array(z.tuple([z.int(), z.object({ column: z.string().nullable(), text: z.string() })])),
});

const tablesSchema = z.array(tableSchema);

/** The tables of a price file as columns in a file. */
export const tableCodec: Codec<ReadonlyMap<string, Table>> = {
  version: VERSION,
  encode(tables) {
    const columns = new Map<StoredColumn, number>();
    const place = (column: StoredColumn): number => {
      const held = columns.get(column) ?? columns.size;
      columns.set(column, held);
      return held;
    };
    const placeOptional = (column: StoredColumn | null): number | null =>
      column === null ? null : place(column);
    const meta: z.input<typeof tablesSchema> = [];
    for (const [symbol, table] of tables) {
      if (table.faults.size > MOST_FAULTS) return null;
      meta.push({
        symbol,
        length: table.length,
        line: place(table.line),
        wall: place(table.wall),
        offset: place(table.offset),
        open: place(table.open),
        high: place(table.high),
        low: place(table.low),
        close: place(table.close),
        volume: place(table.volume),
        quoteVolume: placeOptional(table.quoteVolume),
        adjustedClose: placeOptional(table.adjustedClose),
        dividend: placeOptional(table.dividend),
        split: placeOptional(table.split),
        faults: [...table.faults].map(([line, { column, text }]) => [line, { column, text }]),
      });
    }
    return { meta, columns: [...columns.keys()] };
  },
  decode({ meta, columns }) {
    const parsed = tablesSchema.safeParse(meta);
    if (!parsed.success) return null;
    const float = (at: number): Float64Array => {
      const column = columns[at];
      if (column instanceof Float64Array) return column;
      throw new TypeError(`column ${at} holds no numbers`);
    };
    const lines = (at: number): Int32Array => {
      const column = columns[at];
      if (column instanceof Int32Array) return column;
      throw new TypeError(`column ${at} holds no lines`);
    };
    const floatOptional = (at: number | null): Float64Array | null => (at === null ? null : float(at));
    return new Map(
      parsed.data.map((one): [string, Table] => [
        one.symbol,
        {
          length: one.length,
          line: lines(one.line),
          wall: float(one.wall),
          offset: float(one.offset),
          open: float(one.open),
          high: float(one.high),
          low: float(one.low),
          close: float(one.close),
          volume: float(one.volume),
          quoteVolume: floatOptional(one.quoteVolume),
          adjustedClose: floatOptional(one.adjustedClose),
          dividend: floatOptional(one.dividend),
          split: floatOptional(one.split),
          faults: new Map(one.faults),
        },
      ]),
    );
  },
};
