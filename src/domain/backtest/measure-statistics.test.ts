import { describe, expect, it } from "vitest";
import { dailyBars } from "../../../tests/support/daily-bars.ts";
import { createPanel } from "../market/panel.ts";
import { randomFrom } from "../random.ts";
import { periodsPerYear } from "../risk/annualisation.ts";
import { simpleReturns } from "../risk/returns.ts";
import { costsByKind } from "./costs-by-kind.ts";
import { decide } from "./decide.ts";
import { simulate } from "./engine.ts";
import { measure } from "./measure.ts";
import { measureStatistics } from "./measure-statistics.ts";
import { backtestSettingsSchema } from "./settings.ts";
import { totalCosts } from "./simulation.ts";
import { statisticsSchema } from "./statistics-schema.ts";
import { smaCross } from "./strategies/sma-cross.ts";

const HOUR = 3_600_000;

/** 90 days of hours around the clock from 2024-01-01, a random walk, traded by sma-cross. */
function hourly() {
  const random = randomFrom(11);
  let price = 100;
  const close = Float64Array.from({ length: 90 * 24 }, () => (price *= Math.exp(0.01 * random.normal())));
  const time = close.map((_, row) => Date.UTC(2024, 0, 1) + row * HOUR);
  const bars = {
    ...dailyBars("COIN", { open: close, close }),
    interval: "1h" as const,
    calendar: "24/7" as const,
    time,
    closeTime: time.map((one) => one + HOUR),
  };
  const panel = createPanel([bars]);
  const settings = backtestSettingsSchema.parse({ halfSpreadBps: 3 });
  const simulation = simulate(panel, decide(smaCross, panel, { fast: 10, slow: 30, short: true }), settings);
  const year = periodsPerYear(panel);
  return { panel, settings, simulation, closeTime: panel.closeTime, market: close, periodsPerYear: year };
}

describe("statistics of hours around the clock", () => {
  const parts = hourly();
  const { equity, turnover, exposure, trades } = parts.simulation;
  const { statistics, absent, monthly, yearly, drawdowns } = measureStatistics(parts);

  it("annualises by 8,760 hours", () => {
    expect(parts.periodsPerYear).toBe(8760);
    const below = Array.from(simpleReturns(equity), (value) => Math.min(value, 0) ** 2);
    const mean = below.reduce((sum, value) => sum + value, 0) / below.length;
    expect(statistics.downsideDeviation).toBeCloseTo(Math.sqrt(mean * 8760), 10);
  });

  it("takes value at risk, best and worst of days, which end at midnight UTC", () => {
    // Closes at 01:00 to 24:00: the first day has 23 returns, every later one 24.
    const ends = Array.from({ length: 90 }, (_, day) => equity[24 * day + 23] ?? NaN);
    const days = ends.map(
      (value, day) => value / (day === 0 ? (equity[0] ?? NaN) : (ends[day - 1] ?? NaN)) - 1,
    );
    expect(statistics.bestDay).toBeCloseTo(Math.max(...days), 12);
    expect(statistics.worstDay).toBeCloseTo(Math.min(...days), 12);
    // The 5 % quantile of 90 values lies at position 4.45 of the sorted.
    const sorted = days.toSorted((one, other) => one - other);
    const [fifth = NaN, sixth = NaN] = sorted.slice(4, 6);
    expect(statistics.valueAtRisk).toBeCloseTo(-(fifth + 0.45 * (sixth - fifth)), 12);
    expect(statistics.expectedShortfall).toBeCloseTo(
      -sorted.slice(0, 5).reduce((sum, value) => sum + value, 0) / 5,
      12,
    );
  });

  it("tables by month and year compound to the total return", () => {
    const total = (equity.at(-1) ?? NaN) / (equity[0] ?? NaN);
    expect(monthly.map(([name]) => name)).toEqual(["2024-01", "2024-02", "2024-03"]);
    expect(monthly.reduce((product, [, value]) => product * (1 + value), 1)).toBeCloseTo(total, 12);
    expect(yearly).toEqual([["2024", expect.closeTo(total - 1, 12)]]);
    expect(statistics.positiveMonths).toBe(monthly.filter(([, value]) => value > 0).length / 3);
  });

  it("agree with the metrics and with each other", () => {
    const costs = totalCosts(parts.simulation);
    const { metrics } = measure(
      { time: parts.closeTime, equity, exposure, turnover, trades, costs },
      parts.periodsPerYear,
      0,
    );
    expect(drawdowns[0]?.depth).toBe(metrics.maxDrawdown);
    expect(statistics.longestDrawdownDays).toBeGreaterThanOrEqual(
      Math.max(...drawdowns.map(({ days }) => days)),
    );
    expect(statistics.ulcerIndex).toBeLessThan(-(metrics.maxDrawdown ?? NaN));
    expect(statistics.timeInMarket).toBeGreaterThan(0.9);
    const byKind = costsByKind(parts.simulation);
    expect(byKind.spread).toBeGreaterThan(0);
    const sum = Object.values(byKind).reduce((total, one) => total + one, 0);
    // Each kind is rounded to cents.
    expect(sum).toBeCloseTo(metrics.costs, 1);
  });

  it("explains what it has no value for, and has no value that is not finite", () => {
    expect(statisticsSchema.parse(statistics)).toEqual(statistics);
    for (const [name, value] of Object.entries(statistics)) {
      expect(value === null, name).toBe(name in absent);
      if (value !== null) expect(Number.isFinite(value), name).toBe(true);
    }
  });
});
