import { describe, expect, it } from "vitest";
import { dailyBars } from "../../../../tests/support/daily-bars.ts";
import { createPanel } from "../../market/panel.ts";
import { randomFrom } from "../../random.ts";
import { simpleReturns } from "../../risk/returns.ts";
import { simulate } from "../engine.ts";
import { backtestSettingsSchema } from "../settings.ts";
import type { Simulation } from "../simulation.ts";
import { maxDrawdown } from "../statistics/max-drawdown.ts";
import { sharpe } from "../statistics/sharpe.ts";
import { confidenceIntervals } from "./confidence-intervals.ts";
import { finish } from "./finish.ts";
import type { Bootstrap } from "./report.ts";

const price = new Float64Array(3).fill(100);
const panel = createPanel([dailyBars("A", { open: price, close: price })]);
const settings = backtestSettingsSchema.parse({});
const decisions = { rows: Int32Array.of(), weights: [Float64Array.of()] };
const window = { fromRow: 0, toRow: 3 };
const idle = simulate(panel, decisions, settings, window);

/** A run with an equity of our own. */
function running(returns: Float64Array): Simulation {
  let wealth = 100_000;
  return { ...idle, equity: Float64Array.from([0, ...returns], (value) => (wealth *= 1 + value)) };
}

function intervals(own: Float64Array, held: Float64Array, seed = 1): Bootstrap {
  const subject = { panel, window, settings, decisions, simulation: running(own), periodsPerYear: 252, seed };
  return finish(confidenceIntervals(subject, running(held)));
}

function normal(seed: number, length: number, mean = 0): Float64Array {
  const random = randomFrom(seed);
  return Float64Array.from({ length }, () => mean + 0.01 * random.normal());
}

describe("bootstrap intervals", () => {
  it("lie around the statistics of the run", () => {
    const own = normal(1, 500, 0.001);
    const { equity } = running(own);
    const found = intervals(own, normal(2, 500));
    expect(found.sharpe.estimate).toBeCloseTo(Number(sharpe(simpleReturns(equity), 252, 0)), 9);
    expect(found.maxDrawdown.estimate).toBeCloseTo(Number(maxDrawdown(equity)), 9);
    expect(found.cagr.estimate).toBeCloseTo(
      ((equity.at(-1) ?? NaN) / (equity[0] ?? NaN)) ** (252 / 500) - 1,
      9,
    );
    for (const { estimate, low, high } of [found.sharpe, found.cagr, found.sharpeOverHolding]) {
      expect(low).toBeLessThan(estimate ?? NaN);
      expect(high).toBeGreaterThan(estimate ?? NaN);
    }
    // Lo, Financial Analysts Journal 58(4), 2002: the error of a yearly ratio of independent returns is sqrt(252 / n).
    const width = (found.sharpe.high ?? NaN) - (found.sharpe.low ?? NaN);
    expect(width / (2 * 1.96 * Math.sqrt(252 / 500))).toBeGreaterThan(0.85);
    expect(width / (2 * 1.96 * Math.sqrt(252 / 500))).toBeLessThan(1.15);
  });

  it("resample run and holding together: the difference of equals is nothing", () => {
    const own = normal(3, 300);
    const found = intervals(own, own);
    expect(found.sharpeOverHolding).toEqual({ estimate: 0, low: 0, high: 0 });
    expect(found.standing).toBe("doubtful");
  });

  it("hold a Sharpe ratio of zero about as often as they say", () => {
    const held = new Float64Array(150);
    const hits = Array.from({ length: 30 }, (_, seed) =>
      intervals(normal(100 + seed, 150), held, seed),
    ).filter(({ sharpe: { low, high } }) => (low ?? NaN) < 0 && (high ?? NaN) > 0).length;
    // Binomial(30, 0.95) is at least 24 in 99.9 % of cases.
    expect(hits).toBeGreaterThanOrEqual(24);
  });

  it("compound nothing to a year from two hundred minutes", () => {
    const none = { estimate: null, low: null, high: null };
    const subject = { panel, window, settings, decisions, simulation: running(normal(5, 200)), seed: 1 };
    const found = finish(
      confidenceIntervals({ ...subject, periodsPerYear: 252 * 390 }, running(normal(6, 200))),
    );
    expect([found.cagr, found.cagrOverHolding]).toEqual([none, none]);
    expect(found.sharpe.low).not.toBeNull();
  });

  it("pass a run that is better than holding beyond doubt, and leave out what is too short or lost", () => {
    expect(intervals(normal(5, 500, 0.003), normal(6, 500)).standing).toBe("passed");
    expect(intervals(normal(5, 20), normal(6, 20)).conclusion).toBe("20 returns are too few to resample.");
    const subject = { panel, window, settings, decisions, periodsPerYear: 252, seed: 1 };
    const lost = { ...running(normal(5, 200)), ruinedRow: 100 };
    expect(finish(confidenceIntervals({ ...subject, simulation: lost }, lost)).standing).toBe("left out");
  });
});
