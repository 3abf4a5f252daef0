import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawdownTable } from "../drawdown-table.ts";
import { averageDrawdown } from "./average-drawdown.ts";
import { averageDrawdownDays, longestDrawdownDays } from "./drawdown-days.ts";
import { type DrawdownSpell, drawdownSpells } from "./drawdown-spells.ts";
import { maxDrawdown } from "./max-drawdown.ts";
import { ulcerIndex } from "./ulcer-index.ts";

const column = (...values: number[]): Float64Array => Float64Array.from(values);

/** Row by row from the definition: a row is below when an earlier one was higher. */
function bruteForce(equity: readonly number[]): DrawdownSpell[] {
  const highBefore = (row: number): number => Math.max(...equity.slice(0, row + 1));
  const below = (row: number): boolean => (equity[row] ?? NaN) < highBefore(row);
  const spells: DrawdownSpell[] = [];
  for (let row = 1; row < equity.length; row += 1) {
    if (!below(row) || below(row - 1)) continue;
    let end = row;
    while (end < equity.length - 1 && below(end)) end += 1;
    const under = equity.slice(row, below(end) ? end + 1 : end);
    const lowest = Math.min(...under);
    spells.push({
      start: row - 1,
      trough: row + under.indexOf(lowest),
      end,
      recovered: !below(end),
      depth: lowest / highBefore(row) - 1,
    });
  }
  return spells;
}

describe("drawdowns", () => {
  it("are those of the definition, the deepest being the maximum drawdown", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 40 }), (equity) => {
        const spells = drawdownSpells(column(...equity));
        expect(spells).toEqual(bruteForce(equity));
        expect(Math.min(0, ...spells.map(({ depth }) => depth))).toBe(maxDrawdown(column(...equity)));
      }),
      { numRuns: 300 },
    );
  });

  it("by hand: one that recovers, one that does not", () => {
    const day = 86_400_000;
    const time = Float64Array.from([0, 1, 4, 5, 6, 7, 8], (one) => one * day);
    const equity = column(100, 90, 80, 110, 110, 99, 104.5);
    const spells = drawdownSpells(equity);
    expect(drawdownTable(spells, time)).toEqual([
      {
        start: "1970-01-01T00:00:00.000Z",
        trough: "1970-01-05T00:00:00.000Z",
        recovery: "1970-01-06T00:00:00.000Z",
        depth: 80 / 100 - 1,
        bars: 3,
        days: 5,
      },
      {
        start: "1970-01-07T00:00:00.000Z",
        trough: "1970-01-08T00:00:00.000Z",
        recovery: null,
        depth: 99 / 110 - 1,
        bars: 2,
        days: 2,
      },
    ]);
    expect(averageDrawdown(spells)).toBeCloseTo(-0.15, 12);
    expect(averageDrawdownDays(spells, time)).toBe(3.5);
    expect(longestDrawdownDays(spells, time)).toBe(5);
    // Falls of 0, 10, 20, 0, 0, 10 and 5 %.
    expect(ulcerIndex(equity)).toBeCloseTo(Math.sqrt((0.01 + 0.04 + 0.01 + 0.0025) / 7), 12);
  });

  it("are none of an equity that never falls, and the ten deepest of many", () => {
    expect(drawdownSpells(column(1, 1, 2))).toEqual([]);
    expect(averageDrawdown([])).toHaveProperty("absent");
    expect(longestDrawdownDays([], column())).toHaveProperty("absent");
    expect(ulcerIndex(column(1, 1, 2))).toBe(0);
    expect(ulcerIndex(column())).toHaveProperty("absent");
    const equity = Float64Array.from({ length: 60 }, (_, i) => 100 + i - (i % 2) * (2 + i / 10));
    const table = drawdownTable(
      drawdownSpells(equity),
      equity.map((_, i) => i),
    );
    expect(table).toHaveLength(10);
    expect(table.map(({ depth }) => depth)).toEqual(
      table.map(({ depth }) => depth).toSorted((a, b) => a - b),
    );
  });
});
