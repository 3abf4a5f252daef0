import type { Table } from "./table.ts";

export const EXCHANGED =
  "Base and quote volume are exchanged from this row on or in single rows (volume times close is not the money traded, but the reverse is); they were exchanged back.";

/**
 * Crypto files with both the units and the money traded sometimes exchange the two columns in part of their rows. A
 * row where quote * close is nearer to base than base * close is to quote is turned round. `exchangedAt` holds the
 * first such row, if any.
 */
export function restoreVolume(table: Table): { table: Table; exchangedAt: readonly number[] } {
  const { close, volume, quoteVolume } = table;
  if (quoteVolume === null) return { table, exchangedAt: [] };
  let first = -1;
  const restored = volume.map((base, i) => {
    const quote = quoteVolume[i] ?? NaN;
    const price = close[i] ?? NaN;
    const asWritten = Math.abs(Math.log((base * price) / quote));
    const exchanged = Math.abs(Math.log((quote * price) / base));
    if (!(exchanged < asWritten)) return base;
    if (first < 0) first = i;
    return quote;
  });
  if (first < 0) return { table, exchangedAt: [] };
  return { table: { ...table, volume: restored }, exchangedAt: [first] };
}
