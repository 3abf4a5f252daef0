import { MemorySaver } from "@langchain/langgraph";
import { describe, expect, it } from "vitest";
import { compileGraphs } from "../src/graphs.ts";
import { assembleServices } from "../src/runtime.ts";
import { ownHome, SMALL, smallMarket } from "./support/optimize-market.ts";
import { testConfig } from "./support/test-config.ts";

const LIMIT_BYTES = 64 * 1024;

const SYMBOLS = "AAPL MSFT GOOGL AMZN NVDA JPM META TSLA BAC XOM CVX JNJ PFE UNH HD WMT PG KO MCD BA".split(
  " ",
);

const config = testConfig({ asOf: "2025-12-31" });

describe("a checkpoint stays in kilobytes for ten years of twenty symbols", () => {
  it("of the manager, with every specialist asked", async () => {
    const saver = new MemorySaver();
    const services = assembleServices(config);
    const { manager } = await compileGraphs(config, {}, services, saver);
    const listed = (await services.market.list()).map((info) => info.symbol);
    const symbols = [...SYMBOLS.filter((symbol) => listed.includes(symbol)), ...listed].slice(0, 40);
    const chosen = [...new Set(symbols)].slice(0, 20);
    const configurable = { thread_id: "size", run_id: "size" };
    const result = await manager().invoke(
      {
        request: `Analyze ${chosen.join(", ")} from 2016-01-01 to 2025-12-31, propose a portfolio and backtest it`,
        asOf: "2025-12-31",
      },
      { configurable, recursionLimit: 100 },
    );
    expect(result.report.data?.rows).toBeGreaterThan(2400);
    expect(result.report.signals).toHaveLength(20);
    expect(result.report.backtest).not.toBeNull();
    const sizes: number[] = [];
    for await (const tuple of saver.list({ configurable: { thread_id: "size" } })) {
      const [, bytes] = await saver.serde.dumpsTyped(tuple.checkpoint);
      sizes.push(bytes.length);
    }
    expect(sizes.length).toBeGreaterThan(3);
    expect(Math.max(...sizes)).toBeLessThan(LIMIT_BYTES);
  });

  it("of the pipeline", async () => {
    const services = assembleServices(config);
    const { pipeline } = await compileGraphs(config, {}, services);
    const symbols = (await services.market.list()).slice(0, 20).map((info) => info.symbol);
    let largest = 0;
    const stream = await pipeline().stream(
      { symbols, from: "2016-01-01", to: "2025-12-31", asOf: "2025-12-31" },
      { streamMode: "values" },
    );
    for await (const { report: _untracked, ...state } of stream) {
      largest = Math.max(largest, Buffer.byteLength(JSON.stringify(state)));
    }
    expect(largest).toBeGreaterThan(500);
    expect(largest).toBeLessThan(LIMIT_BYTES);
  });

  it("of the optimizer, after twelve candidates", async () => {
    const market = smallMarket(1, { edge: 0 });
    const own = testConfig({ home: ownHome() });
    const services = assembleServices(own, { market });
    const { optimizer } = await compileGraphs(own, { market }, services);
    let largest = 0;
    const stream = await optimizer().stream(
      { agent: "alpha", target: 99, symbols: SMALL.symbols.slice(0, 2), from: SMALL.from, folds: 2 },
      { streamMode: "values", recursionLimit: 100, configurable: { thread_id: "size", run_id: "size" } },
    );
    let tried = 0;
    for await (const { report: _untracked, ...state } of stream) {
      largest = Math.max(largest, Buffer.byteLength(JSON.stringify(state)));
      if ("tried" in state && Array.isArray(state.tried)) tried = state.tried.length;
    }
    expect(tried).toBe(12);
    expect(largest).toBeGreaterThan(500);
    expect(largest).toBeLessThan(LIMIT_BYTES);
  });
});
