import type { Column } from "../../domain/market/column.ts";
import type { Fault } from "../../domain/market/rows.ts";

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
  /** By line. */
  readonly faults: ReadonlyMap<number, Fault>;
}

/** The columns that cells of a file are read into. */
export const NUMBER_FIELDS = [
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

export type NumberField = (typeof NUMBER_FIELDS)[number];
