import type { SweepMap } from "./sweep-map.ts";

/** At most so many rows and columns of a map, evenly, those of the best combination among them. */
export function thinMap(map: SweepMap, most: { readonly rows: number; readonly columns: number }): SweepMap {
  const { rows, columns, best } = map;
  const down = thinned(rows.values.length, most.rows, best.row);
  const across = thinned(columns.values.length, most.columns, best.column);
  const cells = <T>(table: readonly (readonly T[])[]): T[][] =>
    down.map((row) => pick(table[row] ?? [], across));
  return {
    ...map,
    rows: { name: rows.name, values: pick(rows.values, down) },
    columns: { name: columns.name, values: pick(columns.values, across) },
    values: cells(map.values),
    tried: cells(map.tried),
    best: { row: down.indexOf(best.row), column: across.indexOf(best.column) },
  };
}

function pick<T>(values: readonly T[], places: readonly number[]): T[] {
  return places.flatMap((place) => values.slice(place, place + 1));
}

/** At most `most` of so many places, evenly, the one that must be there among them. */
function thinned(length: number, most: number, needed: number): number[] {
  const step = Math.ceil(length / Math.max(1, most));
  return Array.from({ length }, (_, place) => place).filter((place) => place % step === needed % step);
}
