import { beforeAll, describe, expect, it } from "vitest";
import { csvMarketData } from "../src/adapters/csv/csv-market-data.ts";
import { DEFAULT_POLICIES } from "../src/agents/policies.ts";
import { type Bars, sliceBars } from "../src/domain/market/bars.ts";
import { calendarOf } from "../src/domain/market/calendars.ts";
import { at, countAtMost } from "../src/domain/market/column.ts";
import type { DataSet } from "../src/domain/market/data-set.ts";
import { createPanel } from "../src/domain/market/panel.ts";
import { resolveWindow } from "../src/domain/market/window.ts";
import { type RollingOptions, rollPolicies, type RuledDecision } from "../src/domain/policy/rolling.ts";
import type { RunReport } from "../src/domain/run/report.ts";
import { createRuntime } from "../src/runtime.ts";
import { runPipelineTool } from "../src/tools/run-pipeline.ts";
import { marketOf } from "./support/panel-market.ts";
import { hasSharedData, sharedPath } from "./support/shared-data.ts";
import { testConfig } from "./support/test-config.ts";

const WINDOW = { from: "2023-08-15", to: "2025-08-15" };
const LISTED = Date.parse("2024-02-01T00:00:00Z");
const DELISTED = Date.parse("2024-11-15T00:00:00Z");
const EVERY = 10;
const DAY_MS = 86_400_000;

const OPTIONS: RollingOptions = {
  policies: {
    ...DEFAULT_POLICIES,
    portfolio: { ...DEFAULT_POLICIES.portfolio, rebalanceBars: EVERY },
  },
  constraints: {},
};

/**
 * Six companies, of which NVDA lists half a year into the window and JPM is delisted a year and a quarter into it; the
 * index begins a year into it.
 */
describe.skipIf(!hasSharedData)("rolling over a symbol that lists late and one that ends early", () => {
  let dataSet: DataSet;
  let direct: RuledDecision[];
  let pipeline: RunReport;

  beforeAll(async () => {
    const source = csvMarketData(sharedPath("market", "daily"));
    const bars: Bars[] = [];
    for (const symbol of ["AAPL", "MSFT", "GOOGL", "AMZN", "NVDA", "JPM"]) {
      bars.push(cut((await source.series(symbol, Infinity)).bars));
    }
    const { bars: index } = await source.series("SPY", Infinity);
    const { from, to } = resolveWindow(WINDOW, await source.latest(["AAPL"]), calendarOf("XNYS"));
    dataSet = {
      id: "test",
      source: "test",
      simulated: false,
      panel: createPanel(bars),
      benchmark: index,
      from,
      to,
      findings: [],
    };
    direct = rollPolicies(dataSet, OPTIONS);
    const config = testConfig();
    pipeline = await createRuntime(config, { market: marketOf([...bars, index], "SPY") }).run(
      runPipelineTool,
      { symbols: [...dataSet.panel.symbols], ...WINDOW, rebalance: EVERY },
    );
  });

  const timeOf = (decision: RuledDecision): number => at(dataSet.panel.closeTime, decision.row);
  const weightOf = (symbol: string, from: number, to: number): number[] =>
    direct.filter((one) => timeOf(one) >= from && timeOf(one) < to).map((one) => one.weights[symbol] ?? 0);

  it("the policies alone and the whole pipeline decide the same", () => {
    const decided = direct.map(({ row, agents: _agents, ...one }) => ({
      time: new Date(at(dataSet.panel.closeTime, row)).toISOString(),
      ...one,
    }));
    expect(pipeline.rebalances.map(({ exposure: _exposure, ...rest }) => rest)).toEqual(decided);
    expect(decided).toHaveLength(51);
  });

  it("neither the young nor the delisted symbol makes a date all cash", () => {
    const whole = dataSet.panel.bars.filter(({ symbol }) => symbol !== "NVDA" && symbol !== "JPM");
    const without = rollPolicies({ ...dataSet, panel: createPanel(whole) }, OPTIONS);
    const allCash = (decisions: readonly RuledDecision[]): number[] =>
      decisions.filter((one) => Object.keys(one.weights).length === 0).map((one) => one.row);
    expect(direct.filter((one) => one.note !== null)).toEqual([]);
    expect(allCash(direct)).toEqual(allCash(without));
    expect(allCash(direct).length).toBeLessThan(5);
  });

  it("the young symbol enters once it has history", () => {
    // The covariance over 126 bars needs 63 of them: a quarter after the listing.
    const quarter = LISTED + 90 * DAY_MS;
    expect(Math.max(...weightOf("NVDA", 0, quarter))).toBe(0);
    expect(Math.max(...weightOf("NVDA", quarter, quarter + 90 * DAY_MS))).toBeGreaterThan(0.02);
  });

  it("the delisted symbol leaves within a rebalance of its being noticed", () => {
    expect(Math.max(...weightOf("JPM", 0, DELISTED))).toBeGreaterThan(0.02);
    // A week of silence, and at most ten sessions to the next decision.
    expect(Math.max(...weightOf("JPM", DELISTED + 22 * DAY_MS, Infinity))).toBe(0);
    const held = direct.filter((one) => timeOf(one) < DELISTED).at(-1);
    expect(held?.weights["JPM"]).toBeGreaterThan(0.02);
  });
});

function cut(bars: Bars): Bars {
  if (bars.symbol === "NVDA") return sliceBars(bars, countAtMost(bars.time, LISTED), bars.length);
  if (bars.symbol === "JPM") return sliceBars(bars, 0, countAtMost(bars.time, DELISTED));
  return bars;
}
