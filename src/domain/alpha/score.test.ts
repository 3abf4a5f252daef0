import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dailyBars } from "../../../tests/support/daily-bars.ts";
import type { Bars } from "../market/bars.ts";
import { createPanel } from "../market/panel.ts";
import { MarketView } from "../market/view.ts";
import { type AlphaPolicy, FACTOR_NAMES } from "../policy/alpha.ts";
import { randomFrom } from "../random.ts";
import { absent } from "../statistic.ts";
import type { Factor } from "./factor.ts";
import { signalSchema } from "./report.ts";
import { type AlphaScores, scoreAlpha } from "./score.ts";

const SYMBOLS = ["AAA", "BBB", "CCC", "DDD"];

const POLICY: AlphaPolicy = {
  factors: FACTOR_NAMES.map((name, i) => ({ name, lookbackBars: 5 + 5 * i, weight: 0.1 + 0.1 * i })),
  combination: "blend",
  threshold: 0.1,
};

/** A seeded random walk of each symbol; the third has holes, the fourth starts late. */
function market(seed: number, days = 80): Bars[] {
  return SYMBOLS.map((symbol, s) => {
    const random = randomFrom(seed).fork(symbol);
    const dates = Array.from({ length: days }, (_, day) => day).filter(
      (day) => (s !== 2 || day % 7 !== 3) && (s !== 3 || day >= 30),
    );
    let price = 50 + 10 * s;
    const close = Float64Array.from(dates, () => (price *= 1 + 0.02 * random.normal()));
    return dailyBars(
      symbol,
      {
        open: close.map((value) => value * (1 + 0.005 * random.normal())),
        close,
        high: close.map((value) => value * 1.01),
        low: close.map((value) => value * 0.99),
        volume: close.map(() => 1000 + 500 * random.uniform()),
      },
      dates,
    );
  });
}

function closeOfDay(day: number): number {
  return Date.UTC(2000, 0, 1 + day, 21);
}

function viewOf(bars: readonly Bars[], day = 79): MarketView {
  return new MarketView(createPanel(bars), closeOfDay(day));
}

function scaled(bars: Bars, by: number): Bars {
  const times = (column: Float64Array) => column.map((value) => value * by);
  return {
    ...bars,
    open: times(bars.open),
    high: times(bars.high),
    low: times(bars.low),
    close: times(bars.close),
  };
}

/** A factor that says of each symbol what the table says; nothing of the others. */
function tableFactor(name: string, table: Readonly<Record<string, number>>): Factor {
  return {
    name,
    description: "A table.",
    evaluate: (bars) => table[bars.symbol] ?? absent("not in the table"),
    score: (value) => value,
  };
}

function registry(...factors: readonly Factor[]): ReadonlyMap<string, Factor> {
  return new Map(factors.map((factor) => [factor.name, factor]));
}

function policyOf(
  weights: Readonly<Record<string, number>>,
  combination: AlphaPolicy["combination"] = "time-series",
): AlphaPolicy {
  const factors = Object.entries(weights).map(([name, weight]) => ({ name, lookbackBars: 2, weight }));
  return { factors, combination, threshold: 0.1 };
}

function bySymbol({ signals }: AlphaScores) {
  return Object.fromEntries(signals.map((signal) => [signal.symbol, signal]));
}

const seeds = fc.integer({ min: 1, max: 1_000_000 });
const combinations = fc.constantFrom("time-series" as const, "cross-section" as const, "blend" as const);

describe("scoreAlpha on a market", () => {
  it("gives signals that fit their schema, in the order asked for, one for each symbol", () => {
    fc.assert(
      fc.property(seeds, combinations, (seed, combination) => {
        const { signals, unscored } = scoreAlpha(viewOf(market(seed)), { ...POLICY, combination });
        expect(signals.map((signal) => signal.symbol)).toEqual(SYMBOLS);
        expect(unscored).toEqual([]);
        for (const signal of signals) {
          expect(signalSchema.parse(signal)).toEqual(signal);
          expect(JSON.parse(JSON.stringify(signal))).toEqual(signal);
          expect(signal.evidence.map((one) => one.factor)).toEqual(POLICY.factors.map((one) => one.name));
        }
      }),
      { numRuns: 30 },
    );
  });

  it("changes nothing, to the bit, whatever happens after the view's time", () => {
    fc.assert(
      fc.property(
        seeds,
        seeds,
        fc.integer({ min: 1, max: 78 }),
        combinations,
        (seed, other, day, combination) => {
          const bars = market(seed);
          const future = market(other);
          const corrupted = bars.map((one, s) => {
            const from = one.closeTime.findIndex((time) => time > closeOfDay(day));
            const graft = (pick: (bars: Bars) => Float64Array) =>
              pick(one).map((value, i) =>
                from >= 0 && i >= from ? (pick(future[s] ?? one)[i] ?? NaN) * 3 : value,
              );
            return {
              ...one,
              open: graft((b) => b.open),
              high: graft((b) => b.high),
              low: graft((b) => b.low),
              close: graft((b) => b.close),
              volume: graft((b) => b.volume),
            };
          });
          const policy = { ...POLICY, combination };
          expect(scoreAlpha(viewOf(corrupted, day), policy)).toEqual(scoreAlpha(viewOf(bars, day), policy));
        },
      ),
      { numRuns: 40 },
    );
  });

  it("does not depend, to the bit, on the order of the symbols or of the data set", () => {
    const order = fc.shuffledSubarray(SYMBOLS, { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(seeds, order, order, combinations, (seed, panelOrder, asked, combination) => {
        const bars = market(seed);
        const sorted = panelOrder.flatMap((symbol) => bars.filter((one) => one.symbol === symbol));
        const policy = { ...POLICY, combination };
        const plain = scoreAlpha(viewOf(bars), policy);
        const shuffled = scoreAlpha(viewOf(sorted), policy, [...asked, ...asked]);
        expect(shuffled.signals.map((signal) => signal.symbol)).toEqual(asked);
        expect(bySymbol(shuffled)).toEqual(bySymbol(plain));
      }),
      { numRuns: 40 },
    );
  });

  it("does not depend on the currency that a symbol is quoted in", () => {
    const scale = fc.double({ min: 0.01, max: 1000, noNaN: true });
    fc.assert(
      fc.property(seeds, fc.tuple(scale, scale, scale, scale), combinations, (seed, scales, combination) => {
        const bars = market(seed);
        const policy = { ...POLICY, combination };
        const plain = scoreAlpha(viewOf(bars), policy);
        const other = scoreAlpha(viewOf(bars.map((one, s) => scaled(one, scales[s] ?? 1))), policy);
        for (const [i, signal] of plain.signals.entries()) {
          expect(Math.abs((other.signals[i]?.score ?? NaN) - signal.score)).toBeLessThan(1e-9);
          expect(Math.abs((other.signals[i]?.confidence ?? NaN) - signal.confidence)).toBeLessThan(1e-9);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("the score of a symbol", () => {
  const view = viewOf(market(1));

  it("is the mean of its factors' scores by their weights, over those that have a value", () => {
    const factors = registry(
      tableFactor("a", { AAA: 0.8, BBB: 0.5, CCC: -1 }),
      tableFactor("b", { AAA: -0.2, CCC: -1 }),
    );
    const { signals, unscored } = scoreAlpha(view, policyOf({ a: 0.6, b: 0.2 }), undefined, factors);
    const found = bySymbol({ signals, unscored });
    expect(found["AAA"]?.score).toBeCloseTo((0.6 * 0.8 - 0.2 * 0.2) / 0.8, 14);
    expect(found["BBB"]?.score).toBeCloseTo(0.5, 14);
    expect(found["CCC"]?.score).toBe(-1);
    expect(unscored).toEqual([{ symbol: "DDD", reason: "a: not in the table; b: not in the table" }]);
    expect(signals.map((signal) => signal.direction)).toEqual(["long", "long", "short"]);
  });

  it("has confidence by agreement and by the share of weight with a value", () => {
    const factors = registry(
      tableFactor("a", { AAA: 0.8, BBB: 0.5, CCC: 0 }),
      tableFactor("b", { AAA: -0.2 }),
    );
    const found = bySymbol(scoreAlpha(view, policyOf({ a: 0.6, b: 0.2 }), undefined, factors));
    expect(found["AAA"]?.confidence).toBeCloseTo((0.48 - 0.04) / (0.48 + 0.04), 14);
    expect(found["BBB"]?.confidence).toBeCloseTo(0.75, 14);
    expect(found["CCC"]?.confidence).toBe(0);
    expect(found["BBB"]?.evidence[1]).toEqual({
      factor: "b",
      lookbackBars: 2,
      weight: 0.2,
      value: null,
      score: null,
      basis: null,
      absent: "not in the table",
    });
  });

  it("is turned round by a negative weight, and neutral below the threshold", () => {
    const factors = registry(tableFactor("a", { AAA: 0.8, BBB: -0.0999, CCC: 0.1 }));
    const found = bySymbol(scoreAlpha(view, policyOf({ a: -1 }), undefined, factors));
    expect(found["AAA"]).toMatchObject({ score: -0.8, direction: "short", confidence: 1 });
    expect(found["BBB"]).toMatchObject({ score: 0.0999, direction: "neutral" });
    expect(found["CCC"]).toMatchObject({ score: -0.1, direction: "short" });
  });

  it("compares the symbols with each other where the policy says so", () => {
    const factors = registry(tableFactor("a", { AAA: 0.1, BBB: 0.2, CCC: 0.6 }));
    const own = { AAA: 0.1, BBB: 0.2, CCC: 0.6 };
    // Mean 0.3, population deviation sqrt((0.04 + 0.01 + 0.09) / 3).
    const across = (score: number) => Math.tanh((score - 0.3) / Math.sqrt(0.14 / 3) / 2);
    const cross = bySymbol(scoreAlpha(view, policyOf({ a: 1 }, "cross-section"), undefined, factors));
    const blend = bySymbol(scoreAlpha(view, policyOf({ a: 1 }, "blend"), undefined, factors));
    for (const [symbol, score] of Object.entries(own)) {
      expect(cross[symbol]?.score).toBeCloseTo(across(score), 12);
      expect(cross[symbol]?.evidence[0]).toMatchObject({ value: score, basis: "cross-section" });
      expect(blend[symbol]?.score).toBeCloseTo((across(score) + score) / 2, 12);
      expect(blend[symbol]?.evidence[0]?.basis).toBe("blend");
    }
  });

  it("is the symbol's own where fewer than three have a value, and says so", () => {
    const factors = registry(tableFactor("a", { AAA: 0.1, BBB: 0.6 }));
    const found = bySymbol(scoreAlpha(view, policyOf({ a: 1 }, "cross-section"), undefined, factors));
    expect(found["AAA"]?.score).toBe(0.1);
    expect(found["BBB"]?.evidence[0]?.basis).toBe("time-series");
  });

  it("is 0 across symbols that are equal but for rounding", () => {
    const factors = registry(tableFactor("a", { AAA: 0.3, BBB: 0.1 + 0.2, CCC: 0.3 }));
    const { signals } = scoreAlpha(view, policyOf({ a: 1 }, "cross-section"), undefined, factors);
    expect(signals.map((signal) => signal.score)).toEqual([0, 0, 0]);
  });
});

describe("what cannot be scored", () => {
  it("names each factor's reason where history is too short", () => {
    const { signals, unscored } = scoreAlpha(viewOf(market(1), 3), policyOf({ momentum: 1, breakout: 0.5 }), [
      "AAA",
      "DDD",
    ]);
    expect(signals.map((signal) => signal.symbol)).toEqual(["AAA"]);
    expect(unscored).toEqual([{ symbol: "DDD", reason: "no bars are known yet" }]);
    const early = scoreAlpha(viewOf(market(1), 0), policyOf({ momentum: 1, breakout: 0.5 }), ["AAA"]);
    expect(early.unscored).toEqual([
      { symbol: "AAA", reason: "momentum: 1 bars known, 3 needed; breakout: 1 bars known, 2 needed" },
    ]);
  });

  it("leaves out a symbol that has not traded for over a week while others have", () => {
    const close = Float64Array.of(1, 2, 3, 2, 3, 4);
    const bars = (symbol: string, until: number) =>
      dailyBars(
        symbol,
        { open: close, close },
        Array.from(close, (_, i) => until - close.length + 1 + i),
      );
    const view = viewOf([bars("NOW", 40), bars("WEEK", 33), bars("GONE", 32)], 40);
    const { signals, unscored } = scoreAlpha(view, policyOf({ momentum: 1 }), ["GONE", "WEEK"]);
    expect(signals.map((signal) => signal.symbol)).toEqual(["WEEK"]);
    expect(unscored).toEqual([
      { symbol: "GONE", reason: "no bar since 2000-02-02, while others have bars up to 2000-02-10" },
    ]);
  });

  it("treats a figure that is not finite as absent", () => {
    const { unscored } = scoreAlpha(
      viewOf(market(1)),
      policyOf({ odd: 1 }),
      ["AAA"],
      registry(tableFactor("odd", { AAA: NaN })),
    );
    expect(unscored).toEqual([{ symbol: "AAA", reason: "odd: not a finite number" }]);
  });

  it.each([
    ["an unknown factor", policyOf({ magic: 1 }), registry(), /names magic, which is no factor/],
    ["no weight at all", policyOf({ momentum: 0, trend: 0 }), registry(), /gives no factor a weight/],
    [
      "a factor that takes a built-in name",
      policyOf({ momentum: 1 }),
      registry(tableFactor("momentum", {})),
      /belongs to a built-in factor/,
    ],
    [
      "a factor that scores outside [-1, 1]",
      policyOf({ loud: 1 }),
      registry(tableFactor("loud", { AAA: 1.5 })),
      /loud scores 1.5 of AAA as 1.5/,
    ],
  ] as const)("refuses %s", (_what, policy, factors, message) => {
    const attempt = () => scoreAlpha(viewOf(market(1)), policy, undefined, factors);
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(expect.objectContaining({ code: "BAD_ARGUMENT" }));
  });

  it("refuses a symbol that is not in the data set", () => {
    expect(() => scoreAlpha(viewOf(market(1)), POLICY, ["ZZZ"])).toThrow(
      expect.objectContaining({ code: "UNKNOWN_SYMBOL" }),
    );
  });
});
