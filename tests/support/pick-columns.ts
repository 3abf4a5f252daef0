import type { Rows } from "../../src/domain/market/rows.ts";

/** Rows in a given order of indices, an index perhaps twice. */
export function pickColumns(rows: Rows, order: readonly number[]): Rows {
  const cut = (column: Float64Array): Float64Array => Float64Array.from(order, (i) => column[i] ?? NaN);
  return {
    ...rows,
    length: order.length,
    line: Int32Array.from(order, (_, i) => i + 2),
    time: cut(rows.time),
    closeTime: cut(rows.closeTime),
    session: Int32Array.from(order, (i) => rows.session[i] ?? -1),
    open: cut(rows.open),
    high: cut(rows.high),
    low: cut(rows.low),
    close: cut(rows.close),
    volume: cut(rows.volume),
    factor: cut(rows.factor),
  };
}
