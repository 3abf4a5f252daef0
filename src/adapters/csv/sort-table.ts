import type { Column } from "../../domain/market/column.ts";
import type { Table } from "./table.ts";

/** The table with its rows ascending in time; rows of one time keep their order. */
export function sortTable(table: Table): Table {
  if (ascends(table)) return table;
  const instant = table.wall.map((wall, i) => wall - (table.offset[i] || 0));
  const order = new Int32Array(table.length)
    .map((_, i) => i)
    .sort((a, b) => (instant[a] ?? NaN) - (instant[b] ?? NaN) || a - b);
  const moved = new Map<Column, Column>();
  const move = (column: Column): Column => {
    const held = moved.get(column) ?? Float64Array.from(order, (i) => column[i] ?? NaN);
    moved.set(column, held);
    return held;
  };
  const moveOptional = (column: Column | null): Column | null => (column === null ? null : move(column));
  return {
    ...table,
    line: Int32Array.from(order, (i) => table.line[i] ?? 0),
    wall: move(table.wall),
    offset: move(table.offset),
    open: move(table.open),
    high: move(table.high),
    low: move(table.low),
    close: move(table.close),
    volume: move(table.volume),
    quoteVolume: moveOptional(table.quoteVolume),
    adjustedClose: moveOptional(table.adjustedClose),
    dividend: moveOptional(table.dividend),
    split: moveOptional(table.split),
  };
}

function ascends({ length, wall, offset }: Table): boolean {
  let before = -Infinity;
  for (let i = 0; i < length; i++) {
    const instant = (wall[i] ?? NaN) - (offset[i] || 0);
    if (!(instant >= before)) return false;
    before = instant;
  }
  return true;
}
