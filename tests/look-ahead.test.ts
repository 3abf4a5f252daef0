import { expect, it } from "vitest";
import { simulatedMarketData } from "../src/adapters/simulated/simulated-market-data.ts";
import { LookaheadError } from "../src/domain/errors.ts";
import type { Bars } from "../src/domain/market/bars.ts";
import type { MarketData } from "../src/domain/ports.ts";
import { createRuntime } from "../src/runtime.ts";
import { askTool } from "../src/tools/ask.ts";
import { backtestStrategyTool } from "../src/tools/backtest-strategy.ts";
import { runPipelineTool } from "../src/tools/run-pipeline.ts";
import { corruptAfter, marketOf } from "./support/panel-market.ts";
import { testConfig } from "./support/test-config.ts";

const AS_OF = "2025-06-30";
const CUT = Date.parse("2025-07-01T00:00:00Z");
const SYMBOLS = ["AAPL", "MSFT", "JPM", "SIM500"];

/** What a run says and does, without what names it or measures its time. */
async function record(bars: readonly Bars[]): Promise<string> {
  const config = testConfig();
  const runtime = createRuntime(config, { market: marketOf(bars, "SIM500") });
  const events: unknown[] = [];
  const onEvent = (event: unknown): void => void events.push(event);
  await runtime.run(
    askTool,
    {
      request: "Analyze AAPL, MSFT and JPM over the past year, propose a portfolio and backtest it",
      asOf: AS_OF,
    },
    { onEvent },
  );
  await runtime.run(
    backtestStrategyTool,
    { strategy: "sma-cross", symbols: ["AAPL"], from: "2024-01-02", asOf: AS_OF },
    { onEvent },
  );
  return JSON.stringify(events, (key, value: unknown) =>
    key === "ms" || key === "runId" || key === "threadId" ? undefined : value,
  );
}

it("what comes after the as-of day changes no word, figure, decision or fill of a run", async () => {
  const source = simulatedMarketData({ seed: 3, clock: { now: () => Date.parse("2026-06-30T00:00:00Z") } });
  const bars: Bars[] = [];
  for (const symbol of SYMBOLS) bars.push((await source.series(symbol, Infinity)).bars);
  const before = await record(bars);
  expect(before.length).toBeGreaterThan(20_000);
  expect(await record(bars.map((one) => corruptAfter(one, CUT)))).toBe(before);
  // The record is sensitive: a day earlier is another run.
  expect(await record(bars.map((one) => corruptAfter(one, CUT - 5 * 86_400_000)))).not.toBe(before);
});

it("the source is asked for nothing beyond the as-of day", async () => {
  const source = simulatedMarketData({ seed: 3, clock: { now: () => Date.parse("2026-06-30T00:00:00Z") } });
  const asked: number[] = [];
  const market: MarketData = {
    ...source,
    series: (symbol, until, interval) => {
      asked.push(until);
      return source.series(symbol, until, interval);
    },
  };
  const runtime = createRuntime(testConfig(), { market });
  const [symbols, asOf] = [["AAPL", "MSFT"], AS_OF];
  await runtime.run(askTool, { request: "Propose a portfolio of AAPL and MSFT and backtest it", asOf });
  await runtime.run(backtestStrategyTool, { strategy: "sma-cross", symbols, asOf });
  await runtime.run(runPipelineTool, { symbols, from: "2025-01-02", asOf });
  expect(asked.length).toBeGreaterThan(10);
  expect(Math.max(...asked)).toBeLessThanOrEqual(CUT);
});

it("a look ahead ends the run: it is a fault of ours, and nothing for a model to work around", async () => {
  const source = simulatedMarketData({ seed: 3, clock: { now: () => Date.parse("2026-06-30T00:00:00Z") } });
  const market: MarketData = {
    ...source,
    series: () => Promise.reject(new LookaheadError("A view was asked for what comes after it.")),
  };
  const runtime = createRuntime(testConfig(), { market });
  const run = runtime.run(askTool, { request: "How risky is AAPL?", asOf: AS_OF });
  await expect(run).rejects.toMatchObject({ code: "LOOKAHEAD" });
});
