import { describe, expect, it } from "vitest";
import type { PriceColumns } from "./adjustment.ts";
import { rowActions } from "./row-actions.ts";
import { splitRatioNear } from "./split-ratio.ts";

const CLOSE = Float64Array.of(100, 102, 101, 26, 25.5, 26);
const NONE = new Float64Array(CLOSE.length);

function columns(change: Partial<PriceColumns>): PriceColumns {
  return { close: CLOSE, volume: NONE, adjustedClose: null, dividend: null, split: null, ...change };
}

/** A dividend of 1.02 on a close of 102 and a split of 4 on the day after: factors chained by hand. */
const FACTOR = [0.99 / 4, 0.99 / 4, 1 / 4, 1, 1, 1];
const ADJUSTED = CLOSE.map((close, i) => close * (FACTOR[i] ?? NaN));

describe("actions of rows", () => {
  it("reads them from the columns, a dividend in shares after a split of the same day", () => {
    const split = Float64Array.of(0, 0, 0, 4, 0, 0);
    const dividend = Float64Array.of(5, 0, 1.02, 0.8, 0, 0);
    expect(rowActions(columns({ split, dividend }))).toEqual([
      { index: 2, split: 1, dividend: 1.02 },
      { index: 3, split: 4, dividend: 0.2 },
    ]);
  });

  it("derives from adjusted closes what has no column", () => {
    const found = rowActions(columns({ adjustedClose: ADJUSTED }));
    expect(found.map(({ index, split }) => [index, split])).toEqual([
      [2, 1],
      [3, 4],
    ]);
    expect(found[0]?.dividend).toBeCloseTo(1.02, 9);
    expect(found[1]?.dividend).toBe(0);
    const split = Float64Array.of(0, 0, 0, 4, 0, 0);
    expect(rowActions(columns({ adjustedClose: ADJUSTED, split }))).toEqual(found);
    const dividend = Float64Array.of(0, 0, 1.02, 0, 0, 0);
    expect(rowActions(columns({ adjustedClose: ADJUSTED, dividend })).map(({ split }) => split)).toEqual([
      1, 4,
    ]);
  });

  it("derives nothing from adjusted closes that are too coarse, or that fall", () => {
    const cents = new Float64Array(60).map((_, i) => 3 + (i % 7) / 10);
    const coarse = cents.map((close) => Math.round(close * 33.3) / 100);
    expect(rowActions(columns({ close: cents, adjustedClose: coarse }))).toEqual([]);
    const falling = CLOSE.map((close, i) => close * (i < 3 ? 1 : 0.9));
    expect(rowActions(columns({ adjustedClose: falling }))).toEqual([]);
  });
});

it("knows splits by ratios of small whole numbers", () => {
  expect([4.0003, 1.4999, 0.10001, 7].map(splitRatioNear)).toEqual([4, 1.5, 0.1, 7]);
  expect(splitRatioNear(1.05)).toBeNaN();
});
