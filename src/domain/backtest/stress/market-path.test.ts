import { describe, expect, it } from "vitest";
import { at, type Column } from "../../market/column.ts";
import { randomFrom } from "../../random.ts";
import { marketPath, type MarketScale } from "./market-path.ts";
import { parseScenario } from "./parse-scenario.ts";
import { findScenario, STRESS_SCENARIOS } from "./scenarios.ts";

const SCALE: MarketScale = { calendar: "XNYS", barsPerDay: 1, periodsPerYear: 252, volatility: 0.01 };

function cumulated(moves: Column): Column {
  let level = 0;
  return moves.map((move) => (level += move));
}

describe("the market's path", () => {
  it.each(STRESS_SCENARIOS.map((scenario) => [scenario.name, scenario] as const))(
    "%s has its depth and its length exactly",
    (_, scenario) => {
      const path = marketPath(scenario, SCALE, randomFrom(5));
      const levels = cumulated(path.moves);
      const depth =
        scenario.kind === "hypothetical"
          ? scenario.shock.drop
          : (scenario.decline.fall.at(-1)?.[1] ?? NaN) / (scenario.decline.fall[0]?.[1] ?? NaN) - 1;
      expect(Math.expm1(at(levels, path.fallBars - 1))).toBeCloseTo(depth, 10);
      if (depth < 0) expect(Math.expm1(Math.min(...levels))).toBeCloseTo(depth, 10);
      if (depth < 0) expect(Math.max(...levels.subarray(0, path.fallBars))).toBeLessThanOrEqual(1e-9);
      expect(path.fallBars + path.recoveryBars).toBe(path.moves.length);
    },
  );

  it("takes as many trading days as it took", () => {
    const lengths = ["2000-2002", "2008", "march-2020", "2022"].map((name) => {
      const { fallBars, recoveryBars } = marketPath(findScenario(name), SCALE, randomFrom(1));
      return [fallBars, recoveryBars];
    });
    // Sessions of the New York Stock Exchange, as counted in the fund's prices up to 2020.
    expect(lengths).toEqual([
      [637, 1166],
      [355, 1021],
      [23, 103],
      [195, 318],
    ]);
    const hourly = marketPath(findScenario("march-2020"), { ...SCALE, barsPerDay: 7 }, randomFrom(1));
    expect(hourly.fallBars).toBe(23 * 7);
    const month = marketPath(findScenario("liquidity-drought"), { ...SCALE, barsPerDay: 7 }, randomFrom(1));
    expect(month.fallBars).toBe(21 * 7);
    const own = marketPath(parseScenario("drop=-0.1,bars=10"), { ...SCALE, barsPerDay: 7 }, randomFrom(1));
    expect(own.fallBars).toBe(10);
  });

  it("is as volatile as stated between the closes that are known", () => {
    const { moves, fallBars } = marketPath(findScenario("2000-2002"), SCALE, randomFrom(9));
    const fall = moves.subarray(0, fallBars);
    const annual = Math.sqrt((fall.reduce((sum, move) => sum + move * move, 0) / fallBars) * 252);
    expect(annual).toBeGreaterThan(0.22);
    expect(annual).toBeLessThan(0.27);
  });
});
