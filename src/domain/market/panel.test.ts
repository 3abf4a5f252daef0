import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dailyBars } from "../../../tests/support/daily-bars.ts";
import type { Bars } from "./bars.ts";
import { at } from "./column.ts";
import { createPanel } from "./panel.ts";

function barsOn(symbol: string, days: readonly number[]): Bars {
  const close = Float64Array.from(days, (day) => 100 + day);
  return dailyBars(symbol, { open: close, close }, days);
}

const daySet = fc
  .uniqueArray(fc.nat({ max: 60 }), { maxLength: 40 })
  .map((days) => days.toSorted((a, b) => a - b));

describe("a panel", () => {
  it("aligns symbols on the union of their bars", () => {
    const panel = createPanel([barsOn("A", [0, 1, 3]), barsOn("B", [1, 2, 3, 5])]);
    expect(panel.rows).toBe(5);
    expect(panel.barAt.map((column) => [...column])).toEqual([
      [0, 1, -1, 2, -1],
      [-1, 0, 1, 2, 3],
    ]);
  });

  it("has every bar of every symbol once, in rows that ascend, and no other rows", () => {
    fc.assert(
      fc.property(fc.array(daySet, { minLength: 1, maxLength: 5 }), (sets) => {
        const bars = sets.map((days, s) => barsOn(`S${s}`, days));
        const panel = createPanel(bars);
        expect(panel.rows).toBe(new Set(sets.flat()).size);
        for (let r = 1; r < panel.rows; r++) expect(at(panel.time, r)).toBeGreaterThan(at(panel.time, r - 1));
        for (const [s, one] of bars.entries()) {
          const column = panel.barAt[s] ?? new Int32Array();
          expect([...column].filter((index) => index >= 0)).toEqual(
            Array.from({ length: one.length }, (_, i) => i),
          );
          for (const [r, index] of column.entries()) {
            if (index < 0) continue;
            expect(at(one.time, index)).toBe(at(panel.time, r));
            expect(at(one.closeTime, index)).toBeLessThanOrEqual(at(panel.closeTime, r));
          }
        }
      }),
    );
  });

  it("has the rows that a merge bar by bar has", () => {
    const late = fc.tuple(daySet, fc.boolean());
    fc.assert(
      fc.property(fc.array(late, { minLength: 1, maxLength: 6 }), (sets) => {
        const bars = sets.map(([days, closesLate], s): Bars => {
          const made = barsOn(
            `S${s}`,
            days.map((day) => day - 11_000), // about 1970, so that times have both signs
          );
          return closesLate ? { ...made, closeTime: made.closeTime.map((time) => time + 3_600_000) } : made;
        });
        const panel = createPanel(bars);
        const times = [...new Set(bars.flatMap((one) => [...one.time]))].sort((a, b) => a - b);
        expect([...panel.time]).toEqual(times);
        expect(panel.barAt.map((index) => [...index])).toEqual(
          bars.map((one) => times.map((time) => one.time.indexOf(time))),
        );
        const closes = times.map((time) =>
          Math.max(...bars.map((one) => one.closeTime[one.time.indexOf(time)] ?? -Infinity)),
        );
        expect([...panel.closeTime]).toEqual(closes);
      }),
    );
  });

  it("is the beginning of the panel of more data", () => {
    fc.assert(
      fc.property(daySet, daySet, fc.nat({ max: 60 }), (a, b, cut) => {
        const whole = createPanel([barsOn("A", a), barsOn("B", b)]);
        const early = createPanel([
          barsOn(
            "A",
            a.filter((day) => day <= cut),
          ),
          barsOn(
            "B",
            b.filter((day) => day <= cut),
          ),
        ]);
        expect([...early.time]).toEqual([...whole.time.subarray(0, early.rows)]);
        for (const [s, column] of early.barAt.entries()) {
          expect([...column]).toEqual([...(whole.barAt[s]?.subarray(0, early.rows) ?? [])]);
        }
      }),
    );
  });

  it("closes a row with the last of its bars: nothing is known earlier than it was", () => {
    const early = barsOn("A", [0, 1]);
    const late = { ...barsOn("B", [0, 1]), closeTime: early.closeTime.map((time) => time + 3_600_000) };
    for (const bars of [
      [early, late],
      [late, early],
    ]) {
      expect([...createPanel(bars).closeTime]).toEqual([...late.closeTime]);
    }
  });

  it("refuses no symbols, a symbol twice, and bars that do not go together", () => {
    const bars = barsOn("A", [0, 1]);
    expect(() => createPanel([])).toThrowError(/at least one symbol/);
    expect(() => createPanel([bars, bars])).toThrowError(/given twice/);
    expect(() => createPanel([bars, { ...barsOn("B", [0]), interval: "1h" }])).toThrowError(/1h bars/);
    expect(() => createPanel([bars, { ...barsOn("B", [0]), calendar: "24/7" }])).toThrowError(/24\/7/);
  });
});
