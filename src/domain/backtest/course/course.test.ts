import { describe, expect, it } from "vitest";
import { dailyBars } from "../../../../tests/support/daily-bars.ts";
import { createPanel } from "../../market/panel.ts";
import { randomFrom } from "../../random.ts";
import { simpleReturns } from "../../risk/returns.ts";
import { volatility } from "../../risk/volatility.ts";
import { simulate } from "../engine.ts";
import { backtestSettingsSchema } from "../settings.ts";
import { sharpe } from "../statistics/sharpe.ts";
import { courseSchema, describeCourse } from "./course.ts";

const ROWS = 300;

/** Three symbols, the second with holes and the third listed late, with a decision every tenth row. */
function market(settings: object = {}) {
  const random = randomFrom(7);
  const walk = (days: number[]) => {
    let price = 100;
    const close = Float64Array.from(days, () => (price *= 1 + (random.uniform() - 0.495) * 0.04));
    return { close, open: close.map((one) => one * (1 + (random.uniform() - 0.5) * 0.01)) };
  };
  const days = Array.from({ length: ROWS }, (_, i) => i);
  const present = [days, days.filter((day) => day % 7 !== 3), days.filter((day) => day > 120)];
  const panel = createPanel(present.map((kept, s) => dailyBars(`S${s}`, walk(kept), kept)));
  const rows = Int32Array.from({ length: 29 }, (_, k) => k * 10 + 5);
  const targets = {
    rows,
    weights: panel.symbols.map(() =>
      Float64Array.from(rows, () => Math.round(random.uniform() * 4) / 8 - 0.15),
    ),
  };
  const parsed = backtestSettingsSchema.parse(settings);
  const simulation = simulate(panel, targets, parsed);
  const benchmark = Float64Array.from({ length: ROWS }, (_, i) => 1000 + i);
  const course = describeCourse({
    panel,
    settings: parsed,
    simulation,
    closeTime: panel.closeTime,
    benchmark,
    market: benchmark.map((value) => value * 3),
    periodsPerYear: 252,
  });
  return { panel, simulation, course };
}

describe("describeCourse", () => {
  const { panel, simulation, course } = market();

  it("fits its schema, with a value per point in every column", () => {
    expect(courseSchema.parse(course)).toEqual(course);
    const columns = [course.equity, course.benchmark, course.drawdown, course.exposure, course.turnover];
    for (const column of columns) expect(column).toHaveLength(ROWS);
    expect(course.market?.[0]).toBe(100_000);
    expect(course.market?.at(-1)).toBeCloseTo((100_000 * 1299) / 1000, 6);
  });

  it("rebuilds from the fills what the engine held: the weights add up to its exposure", () => {
    const held = course.weights.symbols.map(({ weights }) => weights);
    expect(held).toHaveLength(3);
    for (let row = 0; row < ROWS; row += 1) {
      const gross = held.reduce((sum, weights) => sum + Math.abs(weights[row] ?? NaN), 0);
      expect(gross).toBeCloseTo(simulation.exposure[row] ?? NaN, 9);
    }
  });

  it("tells the last known price, and none before a symbol is listed", () => {
    const late = course.prices.find(({ symbol }) => symbol === "S2");
    expect(late?.close.slice(119, 122)).toEqual([null, null, panel.bars[2]?.close[0]]);
    const holed = course.prices.find(({ symbol }) => symbol === "S1");
    expect(holed?.close[3]).toBe(holed?.close[2]);
  });

  it("rolls the same Sharpe ratio and volatility as the statistics of that stretch have", () => {
    const { bars = NaN, sharpe: ratios = [], volatility: risks = [] } = course.rolling ?? {};
    expect(bars).toBe(63);
    expect([ratios[62], risks[62]]).toEqual([null, null]);
    for (const row of [63, 100, 177, 299]) {
      const returns = simpleReturns(simulation.equity.slice(row - 63, row + 1));
      expect(ratios[row]).toBeCloseTo(Number(sharpe(returns, 252, 0)), 9);
      expect(risks[row]).toBeCloseTo(Number(volatility(returns, 252)), 9);
    }
  });

  it("counts every return of a held position once", () => {
    const found = course.distribution;
    expect(found?.counts.reduce((sum, one) => sum + one, 0)).toBe(found?.bars);
    // Nothing is held at the closes of the rows 0 to 5: the first fill is at the open of row 6.
    expect(found).toMatchObject({ bars: 294, idleBars: 5 });
    const returns = simpleReturns(simulation.equity).slice(5);
    const middle = Math.floor((found?.counts.length ?? 0) / 2);
    const { from = NaN, binWidth = NaN, counts = [] } = found ?? {};
    const low = from + middle * binWidth;
    expect(counts[middle]).toBe(returns.filter((one) => one >= low && one < low + binWidth).length);
  });
});

it("follows a split of raw prices: shares multiply, the weight stays", () => {
  const price = Float64Array.of(100, 100, 100, 10, 10, 10);
  const adjusted = new Float64Array(6).fill(10);
  const bars = dailyBars("A", { open: adjusted, close: adjusted });
  const panel = createPanel([
    {
      ...bars,
      rawKnown: true,
      factor: Float64Array.of(0.1, 0.1, 0.1, 1, 1, 1),
      actions: [{ time: bars.time[3] ?? NaN, split: 10, dividend: 0 }],
    },
  ]);
  const settings = backtestSettingsSchema.parse({
    prices: "raw",
    closeOut: false,
    commission: 0,
    slippageBps: 0,
  });
  const targets = { rows: Int32Array.of(0), weights: [Float64Array.of(0.5)] };
  const simulation = simulate(panel, targets, settings);
  const course = describeCourse({
    panel,
    settings,
    simulation,
    closeTime: panel.closeTime,
    benchmark: simulation.equity,
    market: null,
    periodsPerYear: 252,
  });
  const weights = course.weights.symbols[0]?.weights ?? [];
  expect(weights.map((weight) => Number(weight.toFixed(9)))).toEqual([0, 0.5, 0.5, 0.5, 0.5, 0.5]);
  expect(course.prices[0]?.close ?? []).toEqual([...price]);
  expect([course.rolling, course.distribution, course.market]).toEqual([null, null, null]);
});
