import { describe, expect, it } from "vitest";
import { dailyBars } from "../../../tests/support/daily-bars.ts";
import { contentHash } from "../hash.ts";
import { barsContent, sliceBars } from "./bars.ts";
import { at, countAtMost, last } from "./column.ts";

const CLOSE = Float64Array.of(1, 2, 3, 4, 5);
const BARS = dailyBars("A", { open: CLOSE, close: CLOSE });

describe("bars", () => {
  it("are cut with all their columns", () => {
    const cut = sliceBars(BARS, 1, 3);
    expect([cut.length, cut.close.length, cut.time.length, cut.factor.length]).toEqual([2, 2, 2, 2]);
    expect([...cut.close]).toEqual([2, 3]);
    expect(at(cut.time, 0)).toBe(at(BARS.time, 1));
    expect(sliceBars(BARS, 0, 5)).toBe(BARS);
    expect(sliceBars(BARS, 4, 2).length).toBe(0);
    expect(sliceBars(BARS, 4, 2).close.length).toBe(0);
  });

  it("keep the corporate actions that lie within them", () => {
    const actions = [1, 2, 4].map((i) => ({ time: at(BARS.time, i), split: 1, dividend: i }));
    const kept = (from: number, to: number): number[] =>
      sliceBars({ ...BARS, actions }, from, to).actions.map(({ dividend }) => dividend);
    expect([kept(0, 4), kept(1, 3), kept(3, 5), kept(3, 4), kept(2, 2)]).toEqual([
      [1, 2],
      [1, 2],
      [4],
      [],
      [],
    ]);
    const hash = contentHash(barsContent(BARS));
    expect(contentHash(barsContent({ ...BARS, actions }))).not.toBe(hash);
  });

  it("have a content that every column and description is part of", () => {
    const hash = contentHash(barsContent(BARS));
    const one = Float64Array.of(1, 2, 3, 4, 5.000000001);
    for (const name of ["time", "closeTime", "open", "high", "low", "close", "volume", "factor"] as const) {
      expect(contentHash(barsContent({ ...BARS, [name]: one }))).not.toBe(hash);
    }
    expect(contentHash(barsContent({ ...BARS, symbol: "B" }))).not.toBe(hash);
    expect(contentHash(barsContent({ ...BARS, adjustment: "none" }))).not.toBe(hash);
    // A view into a larger buffer counts as what it shows.
    const copy = sliceBars(BARS, 1, 4);
    const fresh = dailyBars("A", { open: CLOSE.slice(1, 4), close: CLOSE.slice(1, 4) }, [1, 2, 3]);
    expect(contentHash(barsContent(copy))).toBe(contentHash(barsContent(fresh)));
  });
});

describe("columns", () => {
  it("give their values, and nothing outside", () => {
    expect([at(CLOSE, 0), at(CLOSE, 4), last(CLOSE)]).toEqual([1, 5, 5]);
    expect(() => at(CLOSE, 5)).toThrow(RangeError);
    expect(() => at(CLOSE, -1)).toThrow(RangeError);
    expect(() => last(new Float64Array())).toThrow(RangeError);
  });

  it("count what is at most a limit", () => {
    expect([0, 1, 2.5, 5, 9].map((limit) => countAtMost(CLOSE, limit))).toEqual([0, 1, 2, 5, 5]);
    expect(countAtMost(Float64Array.of(1, 2, 2, 2, 3), 2)).toBe(4);
    expect(countAtMost(new Float64Array(), 1)).toBe(0);
  });
});
