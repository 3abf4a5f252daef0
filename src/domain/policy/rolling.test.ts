import { describe, expect, it } from "vitest";
import { dailyBars } from "../../../tests/support/daily-bars.ts";
import { FinAgentError } from "../errors.ts";
import { at } from "../market/column.ts";
import type { DataSet } from "../market/data-set.ts";
import { createPanel } from "../market/panel.ts";
import {
  driftedHoldings,
  knownBenchmark,
  rebalanceRows,
  type RollingDecision,
  targetsOf,
  unlessTooShort,
} from "./rolling.ts";

const column = (...values: number[]): Float64Array => Float64Array.from(values);
const closes = (...values: number[]): { open: Float64Array; close: Float64Array } => ({
  open: column(...values),
  close: column(...values),
});

/** B has no bar on day 2. */
const panel = createPanel([
  dailyBars("A", closes(100, 110, 120, 130)),
  dailyBars("B", closes(50, 40, 400), [0, 1, 3]),
]);

const decided = (row: number, weights: Record<string, number>): RollingDecision => ({
  row,
  level: "LOW",
  allowedExposure: 1,
  weights,
  note: null,
});

describe("rebalance rows", () => {
  it("begin with the window's first row, and end with it though the panel goes on", () => {
    const long = createPanel([dailyBars("A", closes(1, 2, 3, 4, 5, 6, 7, 8, 9, 10))]);
    const dataSet: DataSet = {
      id: "test",
      source: "test",
      simulated: false,
      panel: long,
      benchmark: null,
      from: at(long.time, 2),
      to: at(long.closeTime, 7),
      findings: [],
    };
    expect(rebalanceRows(dataSet, 2)).toEqual([2, 4, 6]);
    expect(rebalanceRows(dataSet, 5)).toEqual([2, 7]);
  });
});

describe("a book between two decisions", () => {
  it("drifts with the prices, at the last close where a symbol has no bar, while cash stays", () => {
    // 0.5 x 1.2 + 0.25 x 0.8 + 0.25 in cash = 1.05.
    const held = driftedHoldings(panel, decided(0, { A: 0.5, B: 0.25 }), 2);
    expect(held["A"]).toBeCloseTo(0.6 / 1.05, 12);
    expect(held["B"]).toBeCloseTo(0.2 / 1.05, 12);
  });

  it("loses by a short whose price rises", () => {
    // 1.5 in cash less what is owed, 0.5 x 1.2.
    expect(driftedHoldings(panel, decided(0, { A: -0.5 }), 2)["A"]).toBeCloseTo(-0.6 / 0.9, 12);
  });

  it("is empty before the first decision", () => {
    expect(driftedHoldings(panel, undefined, 2)).toEqual({});
  });
});

it("a symbol that a decision leaves out is sold", () => {
  const { rows, weights } = targetsOf(panel, [decided(0, { A: 0.5, B: 0.25 }), decided(2, { A: 0.4 })]);
  expect([...rows]).toEqual([0, 2]);
  expect(weights.map((one) => [...one])).toEqual([
    [0.5, 0.4],
    [0.25, 0],
  ]);
});

it("a bar of the index is known from its close on", () => {
  const benchmark = dailyBars("I", closes(1, 2, 3));
  const dataSet = { benchmark } as DataSet;
  const close = at(benchmark.closeTime, 1);
  expect(knownBenchmark(dataSet, close - 1)?.length).toBe(1);
  expect(knownBenchmark(dataSet, close)?.length).toBe(2);
});

describe("an error at a date", () => {
  const failing =
    (error: Error): (() => never) =>
    () => {
      throw error;
    };

  it("is an answer, with the reason, where history is too short", () => {
    const error = new FinAgentError("DATA_INSUFFICIENT", "20 bars are needed.");
    expect(unlessTooShort(failing(error))).toBe(error);
  });

  it("is none where it is anything else", () => {
    for (const error of [new FinAgentError("NUMERICAL", "No solution."), new TypeError("A fault.")]) {
      expect(() => unlessTooShort(failing(error))).toThrowError(error);
    }
  });
});
