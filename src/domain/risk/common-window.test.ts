import { array, assert, integer, nat, property, uniqueArray } from "fast-check";
import { expect, it } from "vitest";
import { dailyBars } from "../../../tests/support/daily-bars.ts";
import type { Bars } from "../market/bars.ts";
import { type CommonWindow, sharedTimes, windowAt } from "./common-window.ts";

function bars(symbol: string, days: readonly number[]): Bars {
  const close = Float64Array.from(days, (day) => 100 + day);
  return dailyBars(symbol, { open: close, close }, days);
}

function commonWindow(list: readonly Bars[], lookback: number): CommonWindow {
  return windowAt(list, sharedTimes(list, lookback));
}

it("keeps the bars that all have, and a return spans what one misses", () => {
  const window = commonWindow([bars("A", [1, 2, 3, 4, 5]), bars("B", [0, 2, 3, 5])], 10);
  expect(window.length).toBe(3);
  expect(window.closes.map((closes) => Array.from(closes))).toEqual([
    [102, 103, 105],
    [102, 103, 105],
  ]);
  expect(window.returns[0]?.[1]).toBeCloseTo(105 / 103 - 1, 12);
});

it("is what a set intersection within each look-back gives, in any order of the symbols", () => {
  const days = uniqueArray(nat(40), { maxLength: 30 }).map((list) => list.sort((a, b) => a - b));
  assert(
    property(array(days, { minLength: 1, maxLength: 4 }), integer({ min: 1, max: 20 }), (lists, lookback) => {
      const windows = lists.map((list) => list.slice(-lookback));
      const expected = (windows[0] ?? []).filter((day) => windows.every((list) => list.includes(day)));
      const all = lists.map((list, i) => bars(`S${i}`, list));
      const closes = (list: readonly Bars[]): number[] =>
        Array.from(commonWindow(list, lookback).closes[0] ?? []);
      expect(closes(all)).toEqual(expected.map((day) => 100 + day));
      expect(closes(all.toReversed())).toEqual(closes(all));
    }),
  );
});
