import { isoTime } from "../iso-time.ts";
import { at, type Column } from "../market/column.ts";
import type { Drawdown } from "./statistics-schema.ts";
import { drawdownDays } from "./statistics/drawdown-days.ts";
import type { DrawdownSpell } from "./statistics/drawdown-spells.ts";

const ROWS = 10;

/** The deepest drawdowns, deepest first. */
export function drawdownTable(spells: readonly DrawdownSpell[], time: Column): Drawdown[] {
  const iso = (row: number): string => isoTime(at(time, row));
  return spells
    .toSorted((one, other) => one.depth - other.depth)
    .slice(0, ROWS)
    .map((spell) => ({
      start: iso(spell.start),
      trough: iso(spell.trough),
      recovery: spell.recovered ? iso(spell.end) : null,
      depth: spell.depth,
      bars: spell.end - spell.start,
      days: drawdownDays(spell, time),
    }));
}
