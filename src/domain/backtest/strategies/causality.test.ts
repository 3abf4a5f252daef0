import * as fc from "fast-check";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { dailyBars } from "../../../../tests/support/daily-bars.ts";
import { type Bars, sliceBars } from "../../market/bars.ts";
import { countAtMost } from "../../market/column.ts";
import { createPanel, type Panel } from "../../market/panel.ts";
import { decide } from "../decide.ts";
import type { Strategy } from "../strategy.ts";
import { templateStrategy } from "../template/template-strategy.ts";
import { parseParams, STRATEGIES } from "./strategies.ts";

const DAYS = 24;

/** Parameters short enough to decide something within the days. */
const SHORT: Record<string, Record<string, number | boolean>> = {
  "sma-cross": { fast: 2, slow: 3 },
  "ema-cross": { fast: 2, slow: 3 },
  macd: { fast: 2, slow: 3, signal: 2 },
  "rsi-reversal": { period: 2, short: true },
  "bollinger-reversal": { period: 3, width: 0.8, short: true },
  "donchian-breakout": { entry: 2, exit: 1, short: true },
  "momentum-rank": { lookback: 3, skip: 1, top: 1, rebalance: 2 },
  "low-volatility": { lookback: 3, top: 1, rebalance: 2 },
  pairs: { lookback: 5, entry: 1.2, exit: 0.5 },
  "equal-weight": { rebalance: 3 },
  "volatility-target": { lookback: 3, rebalance: 2 },
  pullback: { trend: 2, weak: 60, strong: 61 },
};

const example: unknown = JSON.parse(
  readFileSync(new URL("../../../../examples/my-strategy.json", import.meta.url), "utf8"),
);

/** Each indicator there is, and each way to join conditions. */
const everything = templateStrategy({
  name: "everything",
  description: "Uses whatever a template may use",
  long: {
    any: [
      { "crosses-above": ["close", { indicator: "ema", period: 2 }] },
      {
        above: [
          { indicator: "wma", period: 3 },
          { indicator: "sma", of: { indicator: "rsi", period: 2 }, period: 2 },
        ],
      },
      { below: [{ indicator: "macd", fast: 1, slow: 2, signal: 2, line: "histogram" }, 0] },
      { above: ["close", { indicator: "highest", of: "high", period: 3, ago: 1 }] },
      {
        above: [
          { indicator: "adx", period: 2, line: "plus-di" },
          { indicator: "adx", period: 2, line: "minus-di" },
        ],
      },
    ],
  },
  short: {
    all: [
      {
        not: {
          above: [
            { indicator: "z-score", period: 3 },
            { indicator: "rate-of-change", period: 2 },
          ],
        },
      },
      { below: ["close", { indicator: "bollinger-bands", period: 3, width: 0.5, line: "upper" }] },
      { above: [{ indicator: "true-range" }, { indicator: "standard-deviation", period: 3 }] },
    ],
  },
  exit: {
    any: [
      { "crosses-below": [{ indicator: "stochastic", channel: 3, k: 1, d: 2, line: "k" }, 50] },
      {
        below: [
          { indicator: "price", of: "close", ago: 2 },
          { indicator: "lowest", of: "low", period: 2 },
        ],
      },
      { above: [{ indicator: "obv" }, { indicator: "atr", period: 2 }] },
    ],
  },
});

/** `row symbol decision`, for the rows before `end`. */
function decisionsUntil(end: number, strategy: Strategy, panel: Panel): string[] {
  const decisions = decide(strategy, panel, parseParams(strategy, SHORT[strategy.name] ?? {}));
  if ("onBar" in decisions) throw new Error("not of the library");
  const all: [row: number, symbol: number, decision: number][] =
    "signals" in decisions
      ? decisions.signals.flatMap(({ bars, sides }, s) =>
          [...bars].map((bar, k): [number, number, number] => [
            panel.barAt[s]?.indexOf(bar) ?? -1,
            s,
            sides[k] ?? NaN,
          ]),
        )
      : decisions.weights.flatMap((column, s) =>
          [...column].map((weight, k): [number, number, number] => [decisions.rows[k] ?? -1, s, weight]),
        );
  return all.filter(([row]) => row < end).map((one) => one.join(" "));
}

const price = fc.double({ min: 1, max: 100, noNaN: true });
const series = fc.record({
  before: fc.array(price, { minLength: DAYS, maxLength: DAYS }),
  after: fc.array(price, { minLength: DAYS, maxLength: DAYS }),
  present: fc.array(fc.boolean(), { minLength: DAYS, maxLength: DAYS }),
});

describe("what is decided up to a day does not depend on later days", () => {
  const all = [...STRATEGIES, templateStrategy(example), everything];

  it.each(all.map((strategy) => ({ name: strategy.name, strategy })))("$name", ({ strategy }) => {
    let decided = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(2, 4).chain((count) => fc.array(series, { minLength: count, maxLength: count })),
        fc.integer({ min: 1, max: DAYS }),
        (symbols, cut) => {
          const barsOf = (closes: (one: (typeof symbols)[number], day: number) => number): Bars[] =>
            symbols.map((one, s) => {
              const days = one.present.flatMap((is, day) => (s === 0 || is ? [day] : []));
              const close = Float64Array.from(days, (day) => closes(one, day));
              const open = Float64Array.from(days, (day) => closes(one, Math.max(0, day - 1)));
              return dailyBars(`S${s}`, { open, close }, days);
            });
          const bars = barsOf(({ before }, day) => before[day] ?? NaN);
          const whole = createPanel(bars);
          const end = whole.closeTime[cut - 1] ?? NaN;
          const part = createPanel(bars.map((one) => sliceBars(one, 0, countAtMost(one.closeTime, end))));
          const other = barsOf(({ before, after }, day) => (day < cut ? before : after)[day] ?? NaN);

          const known = decisionsUntil(cut, strategy, whole);
          decided += known.length;
          expect(decisionsUntil(cut, strategy, part)).toEqual(known);
          expect(decisionsUntil(cut, strategy, createPanel(other))).toEqual(known);
        },
      ),
      { numRuns: 40 },
    );
    expect(decided).toBeGreaterThan(40);
  });
});
