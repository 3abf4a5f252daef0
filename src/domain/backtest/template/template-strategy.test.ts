import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { dailyBars } from "../../../../tests/support/daily-bars.ts";
import { FinAgentError } from "../../errors.ts";
import { INDICATORS } from "../../indicators/indicators.ts";
import type { Bars } from "../../market/bars.ts";
import { randomFrom } from "../../random.ts";
import { parametersOf } from "../strategies/parameters.ts";
import { parseParams } from "../strategies/strategies.ts";
import type { SignalStrategy } from "../strategy.ts";
import { templateStrategy } from "./template-strategy.ts";

type Tree = Record<string, unknown>;

function barsOf(...prices: number[]): Bars {
  const close = Float64Array.from(prices);
  return dailyBars("A", { open: close, close });
}

function sides(rules: Tree, bars: Bars, given: Record<string, number | boolean> = {}): [number, number][] {
  const strategy = templateStrategy({ name: "rule", description: "A rule", ...rules });
  const signal = strategy.signal(bars, parseParams(strategy, given), INDICATORS);
  return [...signal.bars].map((bar, k) => [bar, signal.sides[k] ?? NaN]);
}

const above = { above: ["close", 5] };

it.each([
  ["atr", 2, INDICATORS.atr],
  ["cci", 0, INDICATORS.cci],
  ["mfi", 50, INDICATORS.mfi],
  ["williams-r", -50, INDICATORS.williamsR],
] as const)("a template's %s is the indicator of the bars", (indicator, level, compute) => {
  const bars = barsOf(4, 6, 7, 5, 3, 6, 9, 8, 4, 7);
  const values = compute(bars, 3);
  const expected: [number, number][] = [];
  for (const [bar, value] of values.entries()) {
    const side = value > level ? 1 : 0;
    if (side !== (expected.at(-1)?.[1] ?? 0)) expected.push([bar, side]);
  }
  expect(expected.length).toBeGreaterThan(0);
  expect(sides({ long: { above: [{ indicator, period: 3 }, level] } }, bars)).toEqual(expected);
});

describe("a template's rules", () => {
  const bars = barsOf(4, 6, 7, 5, 3, 6);

  it("without an exit hold as long as they hold", () => {
    expect(sides({ long: above }, bars)).toEqual([
      [1, 1],
      [3, 0],
      [5, 1],
    ]);
    expect(sides({ long: above, short: { below: ["close", 4] } }, bars)).toEqual([
      [1, 1],
      [3, 0],
      [4, -1],
      [5, 1],
    ]);
  });

  it("with an exit stay until it, which goes before them", () => {
    expect(sides({ long: above, exit: { below: ["close", 4] } }, bars)).toEqual([
      [1, 1],
      [4, 0],
      [5, 1],
    ]);
    expect(sides({ long: above, exit: { above: ["close", 6.5] } }, bars)).toEqual([
      [1, 1],
      [2, 0],
      [5, 1],
    ]);
  });

  it("cross where they were strictly on the other side the bar before", () => {
    const cross = (how: string): [number, number][] => sides({ long: { [how]: ["close", 5] } }, bars);
    expect(cross("crosses-above")).toEqual([
      [1, 1],
      [2, 0],
      [5, 1],
    ]);
    // 7, 5, 3: no bar above 5 is followed by one below.
    expect(cross("crosses-below")).toEqual([]);
    expect(sides({ long: { "crosses-below": ["close", 5] } }, barsOf(6, 3))).toEqual([[1, 1]]);
  });

  it("know nothing before an indicator's first value, and neither does their opposite", () => {
    const average = { above: ["close", { indicator: "sma", period: 3 }] };
    expect(sides({ long: { not: average } }, bars)).toEqual([
      [3, 1],
      [5, 0],
    ]);
    expect(sides({ long: { not: { not: average } } }, bars)).toEqual([
      [2, 1],
      [3, 0],
      [5, 1],
    ]);
    // What is known decides where it can.
    expect(sides({ long: { any: [average, above] } }, barsOf(6, 6))).toEqual([[0, 1]]);
    expect(sides({ long: { not: { all: [average, { below: ["close", 5] }] } } }, barsOf(6, 6))).toEqual([
      [0, 1],
    ]);
  });

  it("look back by `ago`, and into the result of another indicator", () => {
    const before = { indicator: "price", of: "close", ago: 2 };
    expect(sides({ long: { above: ["close", before] } }, bars)).toEqual([
      [2, 1],
      [3, 0],
      [5, 1],
    ]);
    const highestOfAverages = { indicator: "highest", of: { indicator: "sma", period: 2 }, period: 2 };
    // Averages 5, 6.5, 6, 4, 4.5 from bar 1; highest of two 6.5, 6.5, 6, 4.5 from bar 2.
    expect(sides({ long: { above: ["close", highestOfAverages] } }, bars)).toEqual([
      [2, 1],
      [3, 0],
      [5, 1],
    ]);
  });

  it("take the values of parameters", () => {
    const rules = {
      parameters: {
        level: { type: "number", default: 5, minimum: 0, maximum: 10 },
        shorts: { type: "boolean", default: false },
      },
      long: { above: ["close", "$level"] },
      short: "$shorts",
    };
    expect(sides(rules, barsOf(6, 4))).toEqual([
      [0, 1],
      [1, 0],
    ]);
    expect(sides(rules, barsOf(6, 4), { level: 3.5 })).toEqual([[0, 1]]);
    expect(sides(rules, barsOf(6, 4), { shorts: true })).toEqual([
      [0, 1],
      [1, -1],
    ]);
  });
});

describe("the documented template", () => {
  const template: unknown = JSON.parse(
    readFileSync(new URL("../../../../examples/my-strategy.json", import.meta.url), "utf8"),
  );
  const strategy = templateStrategy(template);

  it("decides as its words say", () => {
    const random = randomFrom(1);
    let price = 100;
    const bars = barsOf(
      ...Array.from({ length: 600 }, () => (price *= Math.exp(0.001 + 0.02 * random.normal()))),
    );
    const signal = strategy.signal(bars, parseParams(strategy, { trend: 20, weak: 40 }), INDICATORS);
    const expected: [number, number][] = [];
    for (let bar = 0, held = 0; bar < bars.length; bar += 1) {
      const strength = INDICATORS.rsi(bars.close, 2)[bar] ?? NaN;
      const mean = bars.close.subarray(bar - 19, bar + 1).reduce((sum, one) => sum + one, 0) / 20;
      const rising = bar >= 19 && (bars.close[bar] ?? NaN) > mean;
      const wanted = strength > 70 ? 0 : strength < 40 && rising ? 1 : held;
      if (wanted !== held) expected.push([bar, wanted]);
      held = wanted;
    }
    expect(expected.length).toBeGreaterThan(10);
    expect([...signal.bars].map((bar, k) => [bar, signal.sides[k]])).toEqual(expected);
  });

  it("has typed parameters", () => {
    expect(parametersOf(strategy.params)).toMatchObject([
      { name: "trend", type: "integer", default: 200, minimum: 2, maximum: 1000 },
      { name: "weak", type: "number", default: 10, minimum: 0, maximum: 100 },
      { name: "strong", type: "number", default: 70, minimum: 0, maximum: 100 },
    ]);
    expect(() => parseParams(strategy, { trend: 1 })).toThrow("pullback: trend (1) must be at least 2.");
    expect(() => parseParams(strategy, { trnd: 20 })).toThrow("pullback: trnd (20) is not a parameter.");
  });

  it("refuses values with which the fast line of a MACD is not the faster one", () => {
    const integer = { type: "integer", default: 5, minimum: 1, maximum: 50 };
    const lines = (fast: unknown, slow: unknown): SignalStrategy =>
      templateStrategy({
        name: "rule",
        description: "A rule",
        parameters: { p: integer },
        long: { all: [{ above: [{ indicator: "macd", fast, slow, line: "histogram" }, 0] }] },
      });
    expect(() => parseParams(lines("$p", 12), { p: 12 })).toThrow(
      "rule: p (12) must be less than 12, the slow period of the MACD in long.all[0].above[0].",
    );
    expect(() => parseParams(lines(3, "$p"), { p: 2 })).toThrow(
      "rule: p (2) must be more than 3, the fast period of the MACD in long.all[0].above[0].",
    );
    expect(parseParams(lines(3, "$p"), { p: 4 })).toEqual({ p: 4 });
  });
});

describe("a template that is wrong", () => {
  const sma = (more: Tree): Tree => ({ long: { above: ["close", { indicator: "sma", ...more }] } });
  const period = (type: string, minimum: number, maximum = 20): Tree => ({
    parameters: { p: { type, default: maximum, minimum, maximum } },
    ...sma({ period: "$p" }),
  });

  it.each<[string, unknown]>([
    ["template: must be an object", [1]],
    ["name: is missing", { name: undefined, long: above }],
    ["template: there is no stop", { long: above, stop: 5 }],
    ["long: is missing, and so is short: one of them is needed", {}],
    ["long: must be text or an object", { long: 3 }],
    ['exit: must be "$" and the name of a parameter', { long: above, exit: "later" }],
    ["long: there is no abov", { long: { abov: ["close", 5] } }],
    ["long: must have exactly one of above, below,", { long: { ...above, below: ["close", 9] } }],
    ["long.above: must have at least 2 entries", { long: { above: ["close"] } }],
    ["long.above[0]: must be open, high, low, close, volume, or", { long: { above: ["closing", 5] } }],
    ["long.above[1]: must be a number or text or an object", { long: { above: ["close", null] } }],
    ["long.all[0].above[1].period: is missing", { long: { all: [sma({})["long"]] } }],
    [
      "long.above[1].indicator: names no indicator that there is",
      { long: { above: ["close", { indicator: "smaa" }] } },
    ],
    ["long.above[1].period: must be at least 1", sma({ period: 0 })],
    ["long.above[1].period: must be at most 10000", sma({ period: 10_001 })],
    ["long.above[1]: there is no width", sma({ period: 5, width: 2 })],
    ["long.above[1].period: there is no parameter p", sma({ period: "$p" })],
    ["long.above[1].period: must be a whole number, and the parameter is a number", period("number", 2)],
    [
      "long.above[1].period: must be from 1 to 10000, and the parameter is from 0 to 20",
      period("integer", 0),
    ],
    [
      "long.above[0].fast: must be less than slow, but is 26, and slow is 12",
      { long: { above: [{ indicator: "macd", fast: 26, slow: 12, line: "macd" }, 0] } },
    ],
    [
      "long.above[0].of.fast: must be less than slow, but is 30 where no value is given, and slow is 26",
      {
        parameters: { p: { type: "integer", default: 30, minimum: 2, maximum: 50 } },
        long: {
          above: [{ indicator: "sma", period: 2, of: { indicator: "macd", fast: "$p", line: "macd" } }, 0],
        },
      },
    ],
    ["parameters.p.default: must be from minimum 30 to maximum 20", period("integer", 30)],
    ["parameters.p.type: must be integer, number or boolean", period("int", 2)],
    ["parameters.q: no rule uses it", { long: above, parameters: { q: { type: "boolean", default: true } } }],
    [
      "long.above[1]: must be a number, and the parameter is true or false",
      { long: { above: ["close", "$q"] }, parameters: { q: { type: "boolean", default: true } } },
    ],
    [
      "long: must be true or false, and the parameter is a number",
      { long: "$q", parameters: { q: { type: "number", default: 1, minimum: 0, maximum: 2 } } },
    ],
  ])("%s", (message, rules) => {
    let error: unknown;
    try {
      templateStrategy(
        Array.isArray(rules) ? rules : { name: "rule", description: "A rule", ...(rules as Tree) },
      );
    } catch (thrown) {
      error = thrown;
    }
    if (!(error instanceof FinAgentError)) throw new Error("it is not refused");
    expect(error.code).toBe("BAD_STRATEGY");
    expect(error.message.slice(0, message.length)).toBe(message);
    expect(error.details["fields"]).toContain(error.message);
  });
});
