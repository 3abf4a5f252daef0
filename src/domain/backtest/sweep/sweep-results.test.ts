import { describe, expect, it } from "vitest";
import { findStrategy } from "../strategies/strategies.ts";
import { parseAxis } from "./axis.ts";
import { type Grid, gridOf } from "./grid.ts";
import { fieldAt, SCORE_SIZE } from "./score.ts";
import { type SweepMap, sweepMap } from "./sweep-map.ts";
import { SweepResults } from "./sweep-results.ts";
import { thinMap } from "./thin-map.ts";

/** fast 10, 20, 30 by slow 20, 30, 40: fast 20 x slow 20, fast 30 x slow 20 and 30 are refused. */
const GRID = gridOf(
  findStrategy("sma-cross"),
  [parseAxis("fast", "10:30:10"), parseAxis("slow", "20:40:10")],
  {},
);

function resultsOf(grid: Grid, sharpes: readonly number[]): SweepResults {
  const scores = new Float64Array(SCORE_SIZE * grid.taken.length);
  for (const [k, sharpe] of sharpes.entries()) scores[SCORE_SIZE * k + fieldAt("sharpe")] = sharpe;
  return new SweepResults(grid, scores, "sharpe");
}

describe("a sweep's results", () => {
  // By row: 10/20, 10/30, 10/40; 20/30, 20/40; 30/40.
  const results = resultsOf(GRID, [0.5, 0.2, NaN, 0.9, 0.2, -1]);

  it("are ranked with the best first, equals in the order of the grid, what has no value last", () => {
    expect([...results.ranking()]).toEqual([3, 0, 1, 4, 5, 2]);
    expect(results.median()).toBe(0.2);
  });

  it("know the neighbours one step away in one parameter or two", () => {
    expect(new Set(results.neighbours(3))).toEqual(new Set([0, 1, 2, 4, 5]));
    expect(new Set(results.neighbours(5))).toEqual(new Set([3, 4]));
    // Of 0.5, 0.2, 0.2 and -1, one without a value left out.
    expect(results.neighbourMedian(3)).toBeCloseTo(0.2, 12);
  });

  it("put what lost everything behind what lost something", () => {
    const lost = resultsOf(GRID, [0.5, 0.2, NaN, 0.9, NaN, -1]);
    const ruined = new SweepResults(
      GRID,
      Float64Array.from({ length: SCORE_SIZE * 6 }, (_, at) => {
        const k = Math.floor(at / SCORE_SIZE);
        if (at % SCORE_SIZE === fieldAt("totalReturn")) return k === 1 ? -1.02 : 0.1;
        if (at % SCORE_SIZE === fieldAt("volatility")) return k === 1 ? NaN : 0.2;
        return k === 1 ? NaN : lost.figure(k, "sharpe");
      }),
      "sharpe",
    );
    expect([...ruined.ranking()]).toEqual([3, 0, 5, 1, 2, 4]);
    expect(ruined.countOf((k) => ruined.lost(k))).toBe(1);
  });

  it("make a map: rows and columns in the grid's order, nothing where the strategy refuses", () => {
    expect(sweepMap(results, 3)).toEqual({
      rows: { name: "fast", values: ["10", "20", "30"] },
      columns: { name: "slow", values: ["20", "30", "40"] },
      values: [
        [0.5, 0.2, null],
        [null, 0.9, 0.2],
        [null, null, -1],
      ],
      tried: [
        [1, 1, 1],
        [0, 1, 1],
        [0, 0, 1],
      ],
      others: [],
      best: { row: 1, column: 1 },
    });
  });

  it("make a map that is thinned evenly around the best", () => {
    const whole: SweepMap = {
      rows: { name: "fast", values: ["1", "2", "3", "4", "5"] },
      columns: { name: "slow", values: ["6", "7", "8"] },
      values: [0, 1, 2, 3, 4].map((row) => [10 * row, 10 * row + 1, 10 * row + 2]),
      tried: [0, 1, 2, 3, 4].map(() => [1, 1, 1]),
      others: [],
      best: { row: 3, column: 2 },
    };
    const thin = thinMap(whole, { rows: 3, columns: 2 });
    expect(thin.rows.values).toEqual(["2", "4"]);
    expect(thin.columns.values).toEqual(["6", "8"]);
    expect(thin.values).toEqual([
      [10, 12],
      [30, 32],
    ]);
    expect(thin.best).toEqual({ row: 1, column: 1 });
    expect(thinMap(whole, { rows: 5, columns: 3 })).toEqual(whole);
  });

  it("make a map of medians where there are more than two parameters, and none of one", () => {
    const axes = [parseAxis("fast", "5,10"), parseAxis("short", "true,false"), parseAxis("slow", "20,30,40")];
    const grid = gridOf(findStrategy("sma-cross"), axes, {});
    const map = sweepMap(resultsOf(grid, [1, 2, 6, 3, 4, 5, 0, 0, 0, 0, 0, 7]), 2);
    expect(map).toMatchObject({
      rows: { name: "fast" },
      columns: { name: "short", values: ["true", "false"] },
      values: [
        [2, 4],
        [0, 0],
      ],
      others: ["slow"],
      best: { row: 0, column: 0 },
    });
    const one = gridOf(findStrategy("sma-cross"), [parseAxis("fast", "5,10")], {});
    expect(sweepMap(resultsOf(one, [1, 2]), 0)).toBeNull();
  });
});
