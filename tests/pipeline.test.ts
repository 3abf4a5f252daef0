import { beforeAll, describe, expect, it } from "vitest";
import type { Bars } from "../src/domain/market/bars.ts";
import { at, countAtMost } from "../src/domain/market/column.ts";
import { sliceBars } from "../src/domain/market/bars.ts";
import type { RunReport } from "../src/domain/run/report.ts";
import { csvMarketData } from "../src/adapters/csv/csv-market-data.ts";
import { createRuntime } from "../src/runtime.ts";
import { fetchMarketDataTool } from "../src/tools/fetch-market-data.ts";
import { runBacktestTool } from "../src/tools/run-backtest.ts";
import { runPipelineTool } from "../src/tools/run-pipeline.ts";
import { corruptAfter, marketOf } from "./support/panel-market.ts";
import { hasSharedData, sharedPath } from "./support/shared-data.ts";
import { testConfig } from "./support/test-config.ts";

const SYMBOLS = ["AAPL", "MSFT", "GOOGL", "AMZN", "NVDA", "JPM"];
const INPUT = { symbols: SYMBOLS, from: "2023-08-15", to: "2025-08-15" };
const CUT = Date.parse("2024-11-01T00:00:00Z");

const config = testConfig();

/** The report without what names this run or measures its time. */
function stable(report: RunReport): string {
  const { runId: _run, threadId: _thread, steps, ...rest } = report;
  return JSON.stringify({ ...rest, steps: steps.map(({ ms: _ms, ...step }) => step) });
}

describe.skipIf(!hasSharedData)("the pipeline on real daily bars", () => {
  let bars: Bars[];

  beforeAll(async () => {
    const source = csvMarketData(sharedPath("market", "daily"));
    bars = [];
    for (const symbol of SYMBOLS) bars.push((await source.series(symbol, Infinity)).bars);
  });

  const run = (market: readonly Bars[], input: object = {}): Promise<RunReport> =>
    createRuntime(config, { market: marketOf(market) }).run(runPipelineTool, { ...INPUT, ...input });

  it("gives the same bytes when it is repeated", async () => {
    expect(stable(await run(bars))).toBe(stable(await run(bars)));
  });

  it.each(["every symbol on the same days", "symbols that begin late and miss days"])(
    "decides nothing from what comes later: %s",
    async (kind) => {
      const panel = kind.startsWith("every") ? bars : bars.map(misalign);
      const before = await run(panel);
      const after = await run(panel.map((one) => corruptAfter(one, CUT)));
      const upTo = (report: RunReport): unknown => ({
        rebalances: report.rebalances.filter((one) => Date.parse(one.time) <= CUT),
        equity: report.equity.filter(([time]) => Date.parse(time) <= CUT),
        closed: report.tradeList.filter((trade) => !trade.open && Date.parse(trade.exitTime) <= CUT),
      });
      expect(before.rebalances.filter((one) => Date.parse(one.time) <= CUT).length).toBeGreaterThan(10);
      expect(upTo(after)).toEqual(upTo(before));
      // The corruption is real: what comes after the cut differs.
      expect(after.equity.at(-1)).not.toEqual(before.equity.at(-1));
    },
  );

  it("holds less when the risk agent allows less, and more when it allows more", async () => {
    const exposure = async (volatilityTarget: number): Promise<number> => {
      const report = await run(bars, { risk: { volatilityTarget, maxStressLoss: 1 } });
      for (const one of report.rebalances) {
        expect(one.exposure).toBeLessThanOrEqual(one.allowedExposure + 1e-9);
      }
      return report.metrics?.exposure ?? NaN;
    };
    const [tight, usual, loose] = [await exposure(0.03), await exposure(0.1), await exposure(0.4)];
    expect(tight).toBeLessThan(0.6 * usual);
    expect(usual).toBeLessThan(loose);
    expect(tight).toBeGreaterThan(0);
  });

  it("comes to what the policies alone come to, and says at how many dates history was too short", async () => {
    const first = Date.parse("2023-08-15T00:00:00Z");
    const young = bars.map((one) => sliceBars(one, countAtMost(one.time, first), one.length));
    const runtime = createRuntime(config, { market: marketOf(young) });
    const report = await runtime.run(runPipelineTool, INPUT);
    const idle = report.rebalances.filter((one) => one.note !== null);
    expect(idle.length).toBeGreaterThan(0);
    expect(report.backtest?.flags).toContain(
      `${idle.length} decision${idle.length === 1 ? "" : "s"} held cash: ${idle[0]?.note ?? ""}`,
    );
    const { dataSetId } = await runtime.run(fetchMarketDataTool, INPUT);
    const alone = await runtime.run(runBacktestTool, { dataSetId, settings: report.backtest?.settings });
    expect(alone.flags).toEqual(report.backtest?.flags);
    expect(alone.equity).toEqual(report.equity);
  });

  it("trades at the settings that it was given", async () => {
    const settings = { capital: 50_000, commission: 0.002, slippageBps: 10 };
    const report = await run(bars, { settings });
    expect(report.backtest?.settings).toMatchObject(settings);
    expect(report.portfolio?.capital).toBe(50_000);
    expect(report.equity[0]?.[1]).toBe(50_000);
  });

  it("expects no more volatility of what it holds than the target allows", async () => {
    for (const symbols of [["NVDA"], SYMBOLS]) {
      const report = await run(bars, { symbols, risk: { volatilityTarget: 0.08 } });
      expect(report.portfolio?.exposure).toBeGreaterThan(0);
      expect(report.portfolio?.volatility).toBeLessThanOrEqual(0.08 + 1e-9);
    }
  });

  it("holds nothing at levels for which the policy allows nothing", async () => {
    const report = await run(bars, {
      risk: { exposureByLevel: { LOW: 0, MODERATE: 0, HIGH: 0 } },
    });
    expect(report.rebalances.every((one) => one.exposure === 0)).toBe(true);
    expect(report.metrics?.trades).toBe(0);
    expect(report.equity.every(([, value]) => value === 100_000)).toBe(true);
  });

  it("allows half to a person who wants little risk, in the risk report as in the portfolio", async () => {
    const usual = await run(bars);
    const careful = await run(bars, { constraints: { riskAppetite: "low" } });
    for (const [k, one] of careful.rebalances.entries()) {
      expect(one.allowedExposure).toBeLessThan(0.51 * (usual.rebalances[k]?.allowedExposure ?? NaN));
    }
    expect(careful.risk?.allowedExposure).toBe(careful.rebalances.at(-1)?.allowedExposure);
  });

  it("keeps the person's cap per name at every date", async () => {
    const report = await run(bars, { constraints: { maxWeight: 0.1 } });
    const weights = report.rebalances.flatMap((one) => Object.values(one.weights));
    expect(weights.length).toBeGreaterThan(20);
    expect(Math.max(...weights)).toBeLessThanOrEqual(0.1 + 1e-9);
  });
});

/** Drops early bars of some symbols and scattered days of others. */
function misalign(bars: Bars, position: number): Bars {
  const late = sliceBars(bars, position * 60, bars.length);
  const keep = Array.from({ length: late.length }, (_, i) => i).filter((i) => (i + position) % 29 !== 0);
  const pick = (column: Float64Array): Float64Array => Float64Array.from(keep, (i) => at(column, i));
  return {
    ...late,
    length: keep.length,
    time: pick(late.time),
    closeTime: pick(late.closeTime),
    open: pick(late.open),
    high: pick(late.high),
    low: pick(late.low),
    close: pick(late.close),
    volume: pick(late.volume),
    factor: pick(late.factor),
  };
}
