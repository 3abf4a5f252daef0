import { describe, expect, it } from "vitest";
import { dailyBars } from "../../../../tests/support/daily-bars.ts";
import { FinAgentError } from "../../errors.ts";
import { createPanel, type Panel } from "../../market/panel.ts";
import { type Random, randomFrom } from "../../random.ts";
import { decide } from "../decide.ts";
import { findStrategy, parseParams, STRATEGIES } from "./strategies.ts";

type Given = Record<string, string | number | boolean>;

function panelOf(...closes: number[][]): Panel {
  return createPanel(
    closes.map((prices, s) => {
      const close = Float64Array.from(prices);
      return dailyBars(`S${s}`, { open: close, close });
    }),
  );
}

/** The bars at which the position in each symbol changes, with its side from there on. */
function signals(name: string, panel: Panel, given: Given = {}): [number, number][][] {
  const strategy = findStrategy(name);
  const decisions = decide(strategy, panel, parseParams(strategy, given));
  if (!("signals" in decisions)) throw new Error("these are no signals");
  return decisions.signals.map(({ bars, sides }) => [...bars].map((bar, k) => [bar, sides[k] ?? NaN]));
}

function targets(name: string, panel: Panel, given: Given = {}): { rows: number[]; weights: number[][] } {
  const strategy = findStrategy(name);
  const decisions = decide(strategy, panel, parseParams(strategy, given));
  if (!("weights" in decisions)) throw new Error("these are no targets");
  return { rows: [...decisions.rows], weights: decisions.weights.map((column) => [...column]) };
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
    expect(signals("sma-cross", panel, { fast: 1, slow: 2 })).toEqual([
      [
        [3, -1],
        [5, 1],
      ],
    ]);
  });

  it("goes into cash instead of short where told to, where it is at first", () => {
    expect(signals("sma-cross", panel, { fast: "1", slow: "2", short: "false" })).toEqual([[[5, 1]]]);
  });

  it("looks at each symbol by itself", () => {
    const two = panelOf([1, 2, 3, 2, 1, 2], [1, 2, 3, 4, 5, 4]);
    expect(signals("sma-cross", two, { fast: 1, slow: 2 })[1]).toEqual([[5, -1]]);
  });

  it("takes no touch for a cross", () => {
    // The fast line falls onto the slow one (2 = (2 + 2) / 2) and rises again.
    expect(signals("sma-cross", panelOf([1, 2, 2, 3]), { fast: 1, slow: 2 })).toEqual([[]]);
  });

  it("finds more crosses than it first had room for", () => {
    const zigzag = Array.from({ length: 3000 }, (_, bar) => 1 + (bar % 2));
    // From bar 1 on the close is above and below its mean with the one before by turns.
    expect(signals("sma-cross", panelOf(zigzag), { fast: 1, slow: 2 })[0]?.slice(-2)).toEqual([
      [2998, -1],
      [2999, 1],
    ]);
  });
});

describe("ema-cross", () => {
  it("crosses where the averages do", () => {
    // fast = close; slow (2): 1.5, 2.5, 2.1667, 1.3889, 1.7963.
    expect(signals("ema-cross", panelOf([1, 2, 3, 2, 1, 2]), { fast: 1, slow: 2 })).toEqual([
      [
        [3, -1],
        [5, 1],
      ],
    ]);
  });
});

describe("macd", () => {
  it("crosses where the line crosses its signal", () => {
    // slow (2): 1.5, 2.5, 2.1667, 1.3889, 1.7963 from bar 1; line = close - slow: .5, .5, -.1667, -.3889, .2037;
    // signal (2): .5, .0556, -.2407, .0556 from bar 2; line - signal: 0, -.2222, -.1481, .1481.
    const panel = panelOf([1, 2, 3, 2, 1, 2]);
    const given = { fast: 1, slow: 2, signal: 2 };
    expect(signals("macd", panel, given)).toEqual([[[5, 1]]]);
    // 5 - 4.2593 = .7407 and 1 - 2.0864 = -1.0864 against signals of .5123 and -.5535.
    expect(signals("macd", panelOf([1, 2, 3, 2, 1, 2, 5, 1]), given)).toEqual([
      [
        [5, 1],
        [7, -1],
      ],
    ]);
  });
});

describe("rsi-reversal", () => {
  it("buys the fall and sells the rise", () => {
    // RSI(2), Wilder: 0 at bar 2 (falls only); gain 1, loss 0.5 at bar 3: 66.7; 100 x 2.5 / 2.75 = 90.9 at bar 4.
    const panel = panelOf([10, 9, 8, 10, 14]);
    const bought = [2, 1];
    expect(signals("rsi-reversal", panel, { period: 2 })).toEqual([[bought, [4, 0]]]);
    expect(signals("rsi-reversal", panel, { period: 2, short: true })).toEqual([[bought, [4, -1]]]);
  });
});

describe("bollinger-reversal", () => {
  const given = { period: 4, width: 1.5 };

  it("buys below the lower band and sells at the middle", () => {
    // Bar 4: mean 9, deviation sqrt 3, lower band 6.40; the close of 6 is below. Bar 5: mean 8.75, not reached;
    // bar 6: mean 8.5, reached by 9.
    expect(signals("bollinger-reversal", panelOf([10, 10, 10, 10, 6, 8.5, 9, 9]), given)).toEqual([
      [
        [4, 1],
        [6, 0],
      ],
    ]);
  });

  it("sells short above the upper band only where told to", () => {
    const panel = panelOf([10, 10, 10, 10, 14, 11.5, 11, 11]);
    expect(signals("bollinger-reversal", panel, given)).toEqual([[]]);
    expect(signals("bollinger-reversal", panel, { ...given, short: true })).toEqual([
      [
        [4, -1],
        [6, 0],
      ],
    ]);
  });
});

describe("donchian-breakout", () => {
  const prices = [5, 6, 5, 7, 8, 7.5, 6, 4, 3, 6];
  // Highs and lows of these bars are their closes.
  const panel = panelOf(prices);

  it("buys above the highest of the bars before, and sells below the lowest of fewer", () => {
    // 7 exceeds 5, 6, 5; 6 is below 8 and 7.5.
    expect(signals("donchian-breakout", panel, { entry: 3, exit: 2 })).toEqual([
      [
        [3, 1],
        [6, 0],
      ],
    ]);
  });

  it("turns short below the channel where told to, and out again above the shorter one", () => {
    // 6 is below 7, 8 and 7.5; the last 6 exceeds 4 and 3, but not 6, 4 and 3.
    expect(signals("donchian-breakout", panel, { entry: 3, exit: 2, short: true })).toEqual([
      [
        [3, 1],
        [6, -1],
        [9, 0],
      ],
    ]);
  });
});

describe("momentum-rank", () => {
  const panel = panelOf([1, 2, 3, 9], [1, 3, 2, 1], [3, 2, 1, 1]);

  it("holds the top symbols that rose, leaving the latest bars out", () => {
    // Row 2: 2/1, 3/1, 2/3; row 3: 3/2, 2/3, 1/2.
    const given = { lookback: 2, skip: 1, top: 2, rebalance: 1 };
    expect(targets("momentum-rank", panel, given)).toEqual({
      rows: [2, 3],
      weights: [
        [0.5, 0.5],
        [0.5, 0],
        [0, 0],
      ],
    });
    expect(targets("momentum-rank", panel, { ...given, absolute: false }).weights).toEqual([
      [0.5, 0.5],
      [0.5, 0.5],
      [0, 0],
    ]);
  });

  it("ranks, and does not just filter", () => {
    const given = { lookback: 2, skip: 1, top: 1, rebalance: 9 };
    expect(targets("momentum-rank", panel, given).weights).toEqual([[0], [1], [0]]);
  });
});

describe("ranks over a random panel", () => {
  const rows = 150;
  /** One symbol is there throughout, so that rows are days; the others list one by one. */
  const market = (seed: number, price: (random: Random) => number): Panel => {
    const random = randomFrom(seed);
    const bars = Array.from({ length: 3 + random.integer(7) }, (_, s) => {
      const from = s === 0 ? 0 : random.integer(rows);
      const close = Float64Array.from({ length: rows - from }, () => price(random));
      const days = Array.from(close, (_price, i) => from + i);
      return dailyBars(`S${s}`, { open: close, close }, days);
    });
    return createPanel(bars);
  };

  /** What a sort of all scores picks at each row. */
  const sorted = (
    panel: Panel,
    top: number,
    first: number,
    score: (closes: number[]) => number,
  ): number[][] => {
    const weights = panel.symbols.map(() => [] as number[]);
    for (let row = first; row < panel.rows; row += 1) {
      const scored = panel.bars.map(({ close }, s) => ({
        s,
        score: score([...close.subarray(0, (panel.barAt[s]?.[row] ?? -1) + 1)]),
      }));
      const known = scored.filter((one) => !Number.isNaN(one.score));
      const held = known.toSorted((a, b) => b.score - a.score || a.s - b.s).slice(0, top);
      const part = 1 / Math.min(top, panel.symbols.length);
      for (const [s, column] of weights.entries()) column.push(held.some((one) => one.s === s) ? part : 0);
    }
    return weights;
  };

  const seeds = Array.from({ length: 25 }, (_, seed) => seed);

  it("momentum-rank picks what a sort picks, of equal ones the first", () => {
    for (const seed of seeds) {
      // Few prices, so that many returns are equal.
      const panel = market(seed, (random) => 5 + random.integer(10));
      const [top, skip] = [1 + (seed % 5), seed % 4];
      const brute = sorted(panel, top, 5, (closes) => {
        const [late, early] = [closes.at(-1 - skip) ?? NaN, closes.at(-6) ?? NaN];
        return (100 * (late - early)) / early;
      });
      const given = { lookback: 5, skip, top, rebalance: 1, absolute: false };
      expect(targets("momentum-rank", panel, given).weights).toEqual(brute);
    }
  });

  it("low-volatility picks what a sort picks", () => {
    for (const seed of seeds) {
      const panel = market(seed, (random) => 5 + 10 * random.uniform());
      const top = 1 + (seed % 3);
      const brute = sorted(panel, top, 4, (closes) => {
        if (closes.length < 5) return NaN;
        const returns = closes.slice(-4).map((close, i) => close / (closes.at(i - 5) ?? NaN) - 1);
        const mean = returns.reduce((sum, one) => sum + one) / 4;
        return -Math.sqrt(returns.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 4);
      });
      const own = targets("low-volatility", panel, { lookback: 4, top, rebalance: 1 });
      expect(own.weights).toEqual(brute);
    }
  });
});

describe("low-volatility", () => {
  it("holds what varied least, once it knows", () => {
    const panel = panelOf([10, 12, 9, 13, 10], [10, 10.1, 10, 10.1, 10], [10, 11, 10, 11, 10]);
    expect(targets("low-volatility", panel, { lookback: 2, top: 2, rebalance: 2 })).toEqual({
      rows: [2, 4],
      weights: [
        [0, 0],
        [0.5, 0.5],
        [0.5, 0.5],
      ],
    });
  });
});

describe("pairs", () => {
  // The second symbol stands still, so that the ratio is the first's price. Of five equal bars but the last the
  // last is sqrt 4 = 2 deviations away.
  const still = Array.from({ length: 12 }, () => 10);
  const panel = panelOf([10, 10, 10, 10, 12, 12, 12, 12, 12, 8, 8, 10], still);

  it("sells what ran ahead and buys what stayed, and closes when they are together again", () => {
    // Of 10, 10, 10, 12, 12 the last is 1.22 away, then 0.82, 0.5; at bar 8 all are equal and nothing is known. At bar 9
    // the last is minus 2 away, then minus 1.22, and at last 10 among 12, 12, 8, 8 is 0.05 away.
    expect(targets("pairs", panel, { lookback: 5, entry: 1.9, exit: 0.6 })).toEqual({
      rows: [4, 7, 9, 11],
      weights: [
        [-0.5, 0, 0.5, 0],
        [0.5, -0, -0.5, -0],
      ],
    });
  });

  it("takes an even number of symbols, and gives each its part", () => {
    const four = panelOf([...(panel.bars[0]?.close ?? [])], still, still, still);
    const { weights } = targets("pairs", four, { lookback: 5, entry: 1.9, exit: 0.6 });
    expect(weights.map(([first]) => first)).toEqual([-0.25, 0.25, NaN, NaN]);
    expect(failure(() => targets("pairs", panelOf(still, still, still))).message).toMatch(
      /two by two, and got 3/,
    );
  });

  it("counts the bars that both have", () => {
    const open = Float64Array.from(still.slice(0, 11));
    const gap = dailyBars("B", { open, close: open }, [0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    const [one] = panel.bars;
    if (one === undefined) throw new Error("no bars");
    // Without day 2 the first five common bars end with day 5, of whose 10, 10, 10, 12, 12 the last is 1.22 away.
    const { rows } = targets("pairs", createPanel([one, gap]), { lookback: 5, entry: 1.9, exit: 0.6 });
    expect(rows).toEqual([9, 11]);
  });
});

describe("buy-and-hold and equal-weight", () => {
  const late = createPanel([
    dailyBars("A", { open: Float64Array.of(1, 1, 1), close: Float64Array.of(1, 1, 1) }),
    dailyBars("B", { open: Float64Array.of(1), close: Float64Array.of(1) }, [1]),
  ]);

  it("buys equal parts once", () => {
    expect(targets("buy-and-hold", late)).toEqual({ rows: [0], weights: [[0.5], [0.5]] });
  });

  it("spreads over what is listed and leaves alone what has no bar", () => {
    expect(targets("equal-weight", late, { rebalance: 1 })).toEqual({
      rows: [0, 1, 2],
      weights: [
        [1, 0.5, 0.5],
        [NaN, 0.5, NaN],
      ],
    });
  });
});

describe("volatility-target", () => {
  it("holds as much as would have had that volatility, and never more than the most", () => {
    // Returns of 1 % and minus 1 %: sample deviation 1.414 %, 22.45 % a year.
    const panel = panelOf([100, 101, 99.99, 99.99, 99.99]);
    const { rows, weights } = targets("volatility-target", panel, { target: 0.1, lookback: 2, rebalance: 1 });
    expect(rows).toEqual([2, 3, 4]);
    expect(weights[0]?.[0]).toBeCloseTo(0.1 / (0.01 * Math.SQRT2 * Math.sqrt(252)), 9);
    expect(weights[0]?.[2]).toBe(1);
    const more = { target: 0.1, lookback: 2, rebalance: 2, most: 3 };
    expect(targets("volatility-target", panel, more).weights[0]?.[1]).toBe(3);
  });

  it("measures the volatility of the whole, to which opposite moves add nothing", () => {
    const panel = panelOf([100, 101, 99.99, 101], [100, 99, 99.99, 98.99]);
    // Mean returns are 0, then 0, then about 0.005 %.
    const { weights } = targets("volatility-target", panel, { target: 0.01, lookback: 2, rebalance: 1 });
    expect(weights.map(([first]) => first)).toEqual([0.5, 0.5]);
  });
});

describe("findStrategy", () => {
  it.each([
    ["smacross", ["sma-cross"]],
    ["SMA-Cross", ["sma-cross"]],
    ["buy and hold", ["buy-and-hold"]],
    ["momentum", ["momentum-rank"]],
    ["cross", ["sma-cross", "ema-cross"]],
    ["donchian", ["donchian-breakout"]],
    ["frobnicate", []],
  ])("suggests what %s may mean", (name, near) => {
    const error = failure(() => findStrategy(name));
    expect(error.code).toBe("UNKNOWN_STRATEGY");
    expect(error.message).toContain(name);
    expect(error.details["near"]).toEqual(near);
    for (const strategy of STRATEGIES) expect(error.hint).toContain(strategy.name);
  });

  it("looks at a program's own first, and names them too", () => {
    const own = { ...findStrategy("buy-and-hold"), name: "my-rule" };
    expect(findStrategy("my-rule", new Map([["my-rule", own]]))).toBe(own);
    expect(failure(() => findStrategy("my-rul", new Map([["my-rule", own]]))).details["near"]).toEqual([
      "my-rule",
    ]);
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

  it.each([
    ["rsi-reversal", { oversold: 80 }, /oversold/],
    ["momentum-rank", { lookback: 5, skip: 5 }, /skip/],
    ["macd", { fast: 26 }, /fast/],
    ["donchian-breakout", { exit: 21 }, /exit \(21\) must be at most entry/],
    ["pairs", { exit: 2 }, /exit/],
  ])("checks one parameter of %s against another", (name, given: Record<string, number>, message) => {
    expect(() => parseParams(findStrategy(name), given)).toThrow(message);
  });
});
