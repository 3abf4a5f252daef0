import { describe, expect, it } from "vitest";
import { dailyBars } from "../../../tests/support/daily-bars.ts";
import { INDICATORS } from "../indicators/indicators.ts";
import { createPanel, type Panel } from "../market/panel.ts";
import { type Random, randomFrom } from "../random.ts";
import { simulate } from "./engine.ts";
import { measure } from "./measure.ts";
import { positions } from "./positions.ts";
import type { Verdict } from "./report.ts";
import { type BacktestSettings, backtestSettingsSchema } from "./settings.ts";
import type { Simulation } from "./simulation.ts";
import { buyAndHold } from "./strategies/buy-and-hold.ts";
import type { Targets } from "./targets.ts";
import { judge } from "./verdict.ts";

const free = backtestSettingsSchema.parse({ commission: 0, slippageBps: 0 });

/** Geometric random walks with a drift per day; `edge` adds to a day's return what the day before announced. */
function market(random: Random, days: number, symbols: number, drift: number): Panel {
  return createPanel(
    Array.from({ length: symbols }, (_, s) => {
      const open = new Float64Array(days);
      const close = new Float64Array(days);
      let price = 100;
      for (let i = 0; i < days; i += 1) {
        open[i] = price;
        price *= Math.exp(drift + 0.015 * random.normal());
        close[i] = price;
      }
      return dailyBars(`S${s}`, { open, close });
    }),
  );
}

/** A position of -1, 0 or 1 part of equity per symbol, thrown anew about every five days. */
function coinFlips(random: Random, panel: Panel, longOnly: boolean): Targets {
  const rows = Int32Array.from({ length: panel.rows }, (_, row) => row);
  return {
    rows,
    weights: panel.symbols.map(() =>
      Float64Array.from(rows, (row) =>
        row > 0 && random.uniform() > 0.2
          ? NaN
          : (random.integer(longOnly ? 2 : 3) - (longOnly ? 0 : 1)) / panel.symbols.length,
      ),
    ),
  };
}

/** Long before `days` that rise together and flat before others, right with a probability above one half. */
function planted(random: Random, panel: Panel, skill: number, days = 6): Targets {
  const rows = Int32Array.from({ length: Math.floor((panel.rows - 1) / days) }, (_, k) => k * days);
  return {
    rows,
    weights: panel.bars.map(({ open, close }) =>
      Float64Array.from(rows, (row) => {
        const rises = (close[row + days] ?? NaN) > (open[row + 1] ?? NaN);
        return (random.uniform() < skill ? rises : !rises) ? 1 / panel.symbols.length : 0;
      }),
    ),
  };
}

function verdictOf(panel: Panel, targets: Targets, settings: BacktestSettings, seed: number): Verdict {
  const simulation = simulate(panel, targets, settings);
  const held = simulate(panel, buyAndHold.targets(panel, {}, INDICATORS), settings);
  const metricsOf = (one: Simulation): ReturnType<typeof measure>["metrics"] =>
    measure({ ...one, time: panel.closeTime, costs: one.commission + one.slippage }, 252, 0).metrics;
  return judge({
    panel,
    window: { fromRow: 0, toRow: panel.rows },
    settings,
    decisions: targets,
    simulation,
    metrics: metricsOf(simulation),
    benchmark: metricsOf(held),
    periodsPerYear: 252,
    seed,
  });
}

describe("the verdict", () => {
  it.each([
    { name: "long and short, no drift", longOnly: false, drift: 0, symbols: 1 },
    { name: "long only in a strong bull market", longOnly: true, drift: 0.001, symbols: 1 },
    { name: "three symbols", longOnly: false, drift: 0.0003, symbols: 3 },
  ])(
    "finds no evidence in at least 95 % of coin flips (501 markets in all): $name",
    ({ longOnly, drift, symbols }) => {
      const found = Array.from({ length: 167 }, (_, seed) => {
        const random = randomFrom(seed);
        const panel = market(random.fork("market"), 300, symbols, drift);
        return verdictOf(panel, coinFlips(random.fork("coin"), panel, longOnly), free, seed).conclusion;
      }).filter((conclusion) => conclusion !== "no evidence");
      expect(found.length).toBeLessThanOrEqual(8);
    },
  );

  it("has p-values that are uniform under the null: as many below a half as above", () => {
    const values = Array.from({ length: 100 }, (_, seed) => {
      const random = randomFrom(1000 + seed);
      const panel = market(random.fork("market"), 300, 1, 0);
      return (
        verdictOf(panel, coinFlips(random.fork("coin"), panel, false), free, seed).figures["pValue"] ?? NaN
      );
    });
    const low = values.filter((value) => value < 0.5).length;
    // Binomial(100, 1/2): 3.3 standard deviations.
    expect(Math.abs(low - 50)).toBeLessThan(17);
  });

  it("finds a planted edge, also through ordinary costs", () => {
    const random = randomFrom(7);
    const panel = market(random.fork("market"), 750, 2, 0.0002);
    const verdict = verdictOf(panel, planted(random, panel, 0.75), backtestSettingsSchema.parse({}), 1);
    expect(verdict.conclusion).toBe("holds up");
    expect(verdict.figures["pValue"]).toBeLessThan(0.01);
    expect(verdict.figures["probabilisticSharpe"]).toBeGreaterThan(0.99);
  });

  it("finds most planted edges of a modest size", () => {
    const found = Array.from({ length: 20 }, (_, seed) => {
      const random = randomFrom(500 + seed);
      const panel = market(random.fork("market"), 750, 1, 0);
      return verdictOf(panel, planted(random, panel, 0.75), free, seed).conclusion;
    });
    expect(found.filter((conclusion) => conclusion === "holds up").length).toBeGreaterThanOrEqual(18);
  });

  it.each([
    { name: "that only loses less than it would", drift: -0.006, skill: 0.7, conclusion: "no evidence" },
    { name: "that gains less than holding would", drift: 0.006, skill: 0.56, conclusion: "weak" },
  ])("does not take timing $name for an edge that holds up", ({ drift, skill, conclusion }) => {
    const random = randomFrom(7);
    const panel = market(random.fork("market"), 1500, 1, drift);
    const verdict = verdictOf(panel, planted(random, panel, skill), free, 1);
    expect(verdict.figures["pValue"]).toBeLessThan(0.025);
    expect(verdict.conclusion).toBe(conclusion);
  });

  it.each([
    {
      name: "a fill one bar later",
      days: 1,
      skill: 0.6,
      given: free,
      reason: /a fill one bar later loses the gain\.$/,
    },
    {
      name: "twice its costs",
      days: 6,
      skill: 0.8,
      given: backtestSettingsSchema.parse({ commission: 0.0095, slippageBps: 0 }),
      reason:
        /^It returns .* -\d+\.\d% at 2 times, .* the gain over cash is gone at \d+\.\d basis points per trade\.$/,
    },
  ])("calls an edge weak that $name takes", ({ days, skill, given, reason }) => {
    const random = randomFrom(8);
    const panel = market(random.fork("market"), 1500, 1, -0.0005);
    const { conclusion, reasons, figures } = verdictOf(panel, planted(random, panel, skill, days), given, 1);
    expect(figures["pValue"]).toBeLessThan(0.025);
    expect(figures["probabilisticSharpe"]).toBeGreaterThan(0.95);
    expect(figures["sharpeOverBuyAndHold"]).toBeGreaterThan(0);
    expect(reasons).toContainEqual(expect.stringMatching(reason));
    expect(conclusion).toBe("weak");
  });

  it("says how many trials an edge survives", () => {
    const random = randomFrom(7);
    const panel = market(random.fork("market"), 750, 1, 0);
    const { figures, reasons } = verdictOf(panel, planted(random, panel, 0.75), free, 1);
    const trials = figures["trialsSurvived"] ?? 0;
    expect(trials).toBeGreaterThan(1);
    expect((figures["deflatedSharpeOfTen"] ?? 0) > 0.95).toBe(trials >= 10);
    expect(reasons.join(" ")).toContain(`as the best of up to ${trials.toLocaleString("en-US")} independent`);
  });

  it("gives buy and hold a p-value of 1 and no evidence: it has no timing", () => {
    const panel = market(randomFrom(3), 400, 1, 0.003);
    const rows = Int32Array.from({ length: 30 }, (_, i) => i * 10);
    const always: Targets = {
      rows,
      weights: [Float64Array.from(rows, (_, i) => (i % 2 === 0 ? 0.999 : 0.998))],
    };
    const verdict = verdictOf(panel, always, { ...free, closeOut: false }, 1);
    expect(verdict.figures["probabilisticSharpe"]).toBeGreaterThan(0.95);
    expect(verdict.conclusion).toBe("no evidence");
  });

  it("says so where there is too little to judge by", () => {
    const panel = market(randomFrom(3), 40, 1, 0.003);
    const verdict = verdictOf(panel, buyAndHold.targets(panel, {}, INDICATORS), free, 1);
    expect(verdict.conclusion).toBe("no evidence");
    expect(verdict.reasons.join(" ")).toMatch(/40 bars are too few.*2 fills are too few/);
    expect(verdict.figures).not.toHaveProperty("pValue");
  });

  it("finds no evidence in an equity that was lost, however it was traded before", () => {
    const price = Float64Array.from({ length: 100 }, (_, day) => (day < 80 ? 10 + (day % 2) / 10 : 40));
    const panel = createPanel([dailyBars("A", { open: price, close: price })]);
    const rows = Int32Array.from({ length: 60 }, (_, row) => row);
    const short: Targets = { rows, weights: [Float64Array.from(rows, (row) => (row % 2 === 0 ? -0.5 : -1))] };
    const verdict = verdictOf(panel, short, free, 1);
    expect(verdict.figures["fills"]).toBeGreaterThan(20);
    expect(verdict.conclusion).toBe("no evidence");
    expect(verdict.reasons[0]).toBe("The equity was lost.");
  });

  it("is the same for the same seed", () => {
    const random = randomFrom(13);
    const panel = market(random.fork("market"), 200, 1, 0);
    const flips = coinFlips(random.fork("coin"), panel, false);
    expect(verdictOf(panel, flips, free, 5)).toEqual(verdictOf(panel, flips, free, 5));
    expect(verdictOf(panel, flips, free, 5).figures["pValue"]).not.toBe(
      verdictOf(panel, flips, free, 6).figures["pValue"],
    );
  });
});

describe("positions", () => {
  it.each(["next-open", "close"] as const)("multiply to the equity where trading is free (%s)", (fill) => {
    const random = randomFrom(21);
    const panel = market(random.fork("market"), 120, 3, 0);
    const settings = { ...free, fill };
    const simulation = simulate(panel, coinFlips(random.fork("coin"), panel, false), settings);
    const { periods, weights, returns } = positions(panel, settings, simulation);
    let equity = settings.capital;
    for (let t = 0; t < periods; t += 1) {
      equity *=
        1 + weights.reduce((sum, column, s) => sum + (column[t] ?? NaN) * (returns[s]?.[t] ?? NaN), 0);
    }
    // Everything is closed at the last fill price, so that the last equity is at that price too.
    expect(equity).toBeCloseTo(simulation.equity.at(-1) ?? NaN, 6);
  });

  it("are the same at raw prices with a split as at adjusted ones", () => {
    const random = randomFrom(22);
    const [adjusted] = market(random.fork("market"), 60, 1, 0).bars;
    if (adjusted === undefined) throw new Error("no bars");
    const bars = {
      ...adjusted,
      rawKnown: true,
      adjustment: "splits" as const,
      factor: adjusted.close.map((_, day) => (day < 30 ? 0.5 : 1)),
      actions: [{ time: adjusted.time[30] ?? NaN, split: 2, dividend: 0 }],
    };
    const panel = createPanel([bars]);
    const held: Targets = { rows: Int32Array.of(0, 20, 40), weights: [Float64Array.of(0.5, 0.8, -0.3)] };
    const [raw, plain] = (["raw", "adjusted"] as const).map((prices) => {
      const settings = { ...free, prices };
      return positions(panel, settings, simulate(panel, held, settings));
    });
    expect(raw?.returns).toEqual(plain?.returns);
    for (const [t, weight] of plain?.weights[0]?.entries() ?? []) {
      expect(raw?.weights[0]?.[t]).toBeCloseTo(weight, 9);
    }
  });

  it("stand at the last close while a symbol has no bar", () => {
    const price = (...values: number[]): { open: Float64Array; close: Float64Array } => ({
      open: Float64Array.from(values),
      close: Float64Array.from(values, (value) => value + 1),
    });
    const panel = createPanel([
      dailyBars("A", price(10, 10, 10, 10)),
      // No bar on day 2: 20 at the opens of days 0 and 1, 21 in between, 30 on day 3.
      dailyBars("B", price(20, 20, 30), [0, 1, 3]),
    ]);
    const targets: Targets = {
      rows: Int32Array.of(0),
      weights: [Float64Array.of(0.5), Float64Array.of(0.5)],
    };
    const { weights, returns } = positions(panel, free, simulate(panel, targets, free));
    expect(Array.from(returns[1] ?? [])).toEqual([0, 21 / 20 - 1, 30 / 21 - 1]);
    // 50,000 / 20 shares at 21, beside as much in A as before.
    expect(weights[1]?.[2]).toBeCloseTo(52_500 / 102_500, 12);
  });
});
