import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dailyBars } from "../../../../tests/support/daily-bars.ts";
import { FinAgentError } from "../../errors.ts";
import { sliceBars } from "../../market/bars.ts";
import { countAtMost } from "../../market/column.ts";
import { createPanel, type Panel } from "../../market/panel.ts";
import { findStrategy, parseParams, STRATEGIES } from "./strategies.ts";

function panelOf(...closes: number[][]): Panel {
  return createPanel(
    closes.map((prices, s) => {
      const close = Float64Array.from(prices);
      return dailyBars(`S${s}`, { open: close, close });
    }),
  );
}

function decide(name: string, panel: Panel, given: Record<string, string | number | boolean> = {}) {
  const strategy = findStrategy(name);
  const { rows, weights } = strategy.targets(panel, parseParams(strategy, given));
  return { rows: [...rows], weights: weights.map((column) => [...column]) };
}

function failure(run: () => unknown): FinAgentError {
  try {
    run();
  } catch (error) {
    if (error instanceof FinAgentError) return error;
  }
  throw new Error("it did not fail");
}

describe("sma-cross", () => {
  // Averages of 1 and 2 bars: the close against its mean with the one before.
  const panel = panelOf([1, 2, 3, 2, 1, 2]);

  it("decides on strict crosses only, the first line of averages being none", () => {
    expect(decide("sma-cross", panel, { fast: 1, slow: 2 })).toEqual({ rows: [3, 5], weights: [[-1, 1]] });
  });

  it("goes into cash instead of short where told to", () => {
    expect(decide("sma-cross", panel, { fast: "1", slow: "2", short: "false" }).weights).toEqual([[0, 1]]);
  });

  it("gives each of several symbols an equal part, and NaN where only another one crosses", () => {
    const two = panelOf([1, 2, 3, 2, 1, 2], [1, 2, 3, 4, 5, 4]);
    expect(decide("sma-cross", two, { fast: 1, slow: 2 })).toEqual({
      rows: [3, 5],
      weights: [
        [-0.5, 0.5],
        [NaN, -0.5],
      ],
    });
  });

  it("takes no touch for a cross", () => {
    // The fast line falls onto the slow one (2 = (2 + 2) / 2) and rises again.
    expect(decide("sma-cross", panelOf([1, 2, 2, 3]), { fast: 1, slow: 2 }).rows).toEqual([]);
  });
});

describe("ema-cross", () => {
  it("crosses where the averages do", () => {
    // fast = close; slow (2): 1.5, 2.5, 2.1667, 1.3889, 1.7963.
    expect(decide("ema-cross", panelOf([1, 2, 3, 2, 1, 2]), { fast: 1, slow: 2 })).toEqual({
      rows: [3, 5],
      weights: [[-1, 1]],
    });
  });
});

describe("rsi-reversal", () => {
  it("buys the fall and sells the rise", () => {
    // RSI(2), Wilder: 0 at bar 2 (falls only); gain 1, loss 0.5 at bar 3: 66.7; 100 x 2.5 / 2.75 = 90.9 at bar 4.
    const panel = panelOf([10, 9, 8, 10, 14]);
    expect(decide("rsi-reversal", panel, { period: 2 })).toEqual({ rows: [2, 4], weights: [[1, 0]] });
    expect(decide("rsi-reversal", panel, { period: 2, short: true }).weights).toEqual([[1, -1]]);
  });
});

describe("momentum-rank", () => {
  const panel = panelOf([1, 2, 3, 9], [1, 3, 2, 1], [3, 2, 1, 1]);

  it("holds the top symbols that rose, leaving the latest bars out", () => {
    // Row 2: 2/1, 3/1, 2/3; row 3: 3/2, 2/3, 1/2.
    const given = { lookback: 2, skip: 1, top: 2, rebalance: 1 };
    expect(decide("momentum-rank", panel, given)).toEqual({
      rows: [2, 3],
      weights: [
        [0.5, 0.5],
        [0.5, 0],
        [0, 0],
      ],
    });
  });

  it("ranks, and does not just filter", () => {
    const given = { lookback: 2, skip: 1, top: 1, rebalance: 9 };
    expect(decide("momentum-rank", panel, given).weights).toEqual([[0], [1], [0]]);
  });
});

describe("buy-and-hold and equal-weight", () => {
  const late = createPanel([
    dailyBars("A", { open: Float64Array.of(1, 1, 1), close: Float64Array.of(1, 1, 1) }),
    dailyBars("B", { open: Float64Array.of(1), close: Float64Array.of(1) }, [1]),
  ]);

  it("buys equal parts once", () => {
    expect(decide("buy-and-hold", late)).toEqual({ rows: [0], weights: [[0.5], [0.5]] });
  });

  it("spreads over what is listed and leaves alone what has no bar", () => {
    expect(decide("equal-weight", late, { rebalance: 1 })).toEqual({
      rows: [0, 1, 2],
      weights: [
        [1, 0.5, 0.5],
        [NaN, 0.5, NaN],
      ],
    });
  });
});

describe("every strategy", () => {
  const small: Record<string, Record<string, number>> = {
    "sma-cross": { fast: 2, slow: 3 },
    "ema-cross": { fast: 2, slow: 3 },
    "rsi-reversal": { period: 2 },
    "momentum-rank": { lookback: 3, skip: 1, top: 1, rebalance: 2 },
    "equal-weight": { rebalance: 3 },
  };

  it.each(STRATEGIES.map(({ name }) => name))("%s knows nothing of later bars", (name) => {
    const price = fc.double({ min: 1, max: 100, noNaN: true });
    const days = 20;
    fc.assert(
      fc.property(
        fc.array(fc.array(price, { minLength: days, maxLength: days }), { minLength: 1, maxLength: 3 }),
        fc.array(fc.boolean(), { minLength: days, maxLength: days }),
        fc.integer({ min: 1, max: days }),
        (closes, present, cut) => {
          const bars = closes.map((prices, s) => {
            const kept = prices.flatMap((_, i) => (s === 0 || present[i] === true ? [i] : []));
            const close = Float64Array.from(kept, (i) => prices[i] ?? NaN);
            return dailyBars(`S${s}`, { open: close, close }, kept);
          });
          const whole = createPanel(bars);
          const until = whole.closeTime[cut - 1] ?? NaN;
          const part = createPanel(bars.map((one) => sliceBars(one, 0, countAtMost(one.closeTime, until))));
          const all = decide(name, whole, small[name]);
          const known = decide(name, part, small[name]);
          const shared = all.rows.filter((row) => row < cut).length;
          expect(known.rows).toEqual(all.rows.slice(0, shared));
          expect(known.weights).toEqual(all.weights.map((column) => column.slice(0, shared)));
        },
      ),
    );
  });

  it.each(STRATEGIES.map((strategy) => ({ name: strategy.name, strategy })))(
    "$name has a full set of defaults",
    ({ strategy }) => {
      expect(() => parseParams(strategy, {})).not.toThrow();
    },
  );
});

describe("findStrategy", () => {
  it.each([
    ["smacross", ["sma-cross"]],
    ["SMA-Cross", ["sma-cross"]],
    ["buy and hold", ["buy-and-hold"]],
    ["momentum", ["momentum-rank"]],
    ["cross", ["sma-cross", "ema-cross"]],
    ["frobnicate", []],
  ])("suggests what %s may mean", (name, near) => {
    const error = failure(() => findStrategy(name));
    expect(error.code).toBe("UNKNOWN_STRATEGY");
    expect(error.message).toContain(name);
    expect(error.details["near"]).toEqual(near);
    for (const strategy of STRATEGIES) expect(error.hint).toContain(strategy.name);
  });
});

describe("parseParams", () => {
  const strategy = findStrategy("sma-cross");

  it("reads command-line text and fills in defaults", () => {
    expect(parseParams(strategy, { fast: "5", short: "false" })).toEqual({ fast: 5, slow: 30, short: false });
  });

  it.each([
    [{ fast: "abc" }, "fast", /fast \("abc"\)/],
    [{ fast: "" }, "fast", /fast \(""\)/],
    [{ fast: "1.5" }, "fast", /fast \("1.5"\)/],
    [{ fast: 0 }, "fast", /fast \(0\) must be at least 1/],
    [{ fast: 30 }, "fast", /fast \(30\) must be less than slow/],
    [{ slow: "1e9" }, "slow", /slow \("1e9"\)/],
    [{ short: "yes" }, "short", /short \("yes"\)/],
    [{ quick: 3 }, "quick", /quick \(3\) is not a parameter/],
  ])("names the wrong field of %j", (given: Record<string, string | number>, field, message) => {
    const error = failure(() => parseParams(strategy, given));
    expect(error.code).toBe("BAD_ARGUMENT");
    expect(error.details["field"]).toBe(`params.${field}`);
    expect(error.message).toMatch(message);
    expect(error.hint).toBe("sma-cross takes fast=10, slow=30, short=true.");
  });

  it("checks one parameter against another in every strategy that has such a rule", () => {
    expect(() => parseParams(findStrategy("rsi-reversal"), { oversold: 80 })).toThrow(/oversold/);
    expect(() => parseParams(findStrategy("momentum-rank"), { lookback: 5, skip: 5 })).toThrow(/skip/);
  });
});
