import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { simulatedMarketData } from "../../src/adapters/simulated/simulated-market-data.ts";
import { loadConfig } from "../../src/config.ts";
import { compileGraphs } from "../../src/graphs.ts";
import { assembleServices, createRuntime } from "../../src/runtime.ts";
import { HeldArtifacts } from "../../src/memory/artifacts.ts";
import { contextOf } from "../../src/perform-run.ts";
import { backtestStrategyTool } from "../../src/tools/backtest-strategy.ts";
import { runPipelineTool } from "../../src/tools/run-pipeline.ts";
import { median } from "../paired.ts";
import { inMs, type Table, times } from "../table.ts";

const SIX = ["AAPL", "MSFT", "NVDA", "AMZN", "JPM", "XOM"];
const FURTHER = [
  "AMD",
  "BA",
  "BAC",
  "CAT",
  "COST",
  "CRM",
  "CVX",
  "DIS",
  "GE",
  "GS",
  "HD",
  "INTC",
  "JNJ",
  "KO",
];
const TWENTY = [...SIX, ...FURTHER];
const REQUESTS = [
  { what: "6 symbols, 2 years", symbols: SIX, from: "2023-08-15" },
  { what: "6 symbols, 10 years", symbols: SIX, from: "2015-08-15" },
  { what: "20 symbols, 10 years", symbols: TWENTY, from: "2015-08-15" },
] as const;
const TO = "2025-08-15";
const WARM_UP = 8;
const REPEATS = 11;

/**
 * The agents on their graph, with their steps and reports, against the same rules straight through the engine: as a run
 * of its own, of which each step is kept, and without a store, as programs that run thousands do.
 */
export async function run(): Promise<Table> {
  const home = mkdtempSync(join(tmpdir(), "finagent-bench-"));
  try {
    return await tableOf(home);
  } finally {
    rmSync(home, { recursive: true });
  }
}

async function tableOf(home: string): Promise<Table> {
  const clock = { now: () => Date.UTC(2025, 10, 1) };
  const config = loadConfig({ home }, {}, "no-such-file.yaml");
  const parts = { clock, market: simulatedMarketData({ seed: config.seed, clock }) };
  const runtime = createRuntime(config, parts);
  const services = assembleServices(config, parts);
  const graph = (await compileGraphs(config, parts, services)).pipeline();
  const place = { runId: "bare", threadId: "bare", asOf: null, artifacts: new HeldArtifacts() };
  const ctx = contextOf({ services }, place, {}, () => undefined);
  const rows: string[][] = [];
  for (const { what, symbols, from } of REQUESTS) {
    const window = { symbols: [...symbols], from, to: TO };
    const settings = { closeOut: false };
    const pipeline = () => runtime.run(runPipelineTool, { ...window, settings });
    const unkept = async () =>
      graph.invoke(runPipelineTool.input.parse({ ...window, settings }), { recursionLimit: 50 });
    const request = backtestStrategyTool.input.parse({ ...window, settings, strategy: "agents" });
    const engine = async () => backtestStrategyTool.run(ctx, request);
    const ends = [await pipeline(), (await unkept()).report, await engine()].map(
      (one) => one.backtest?.finalEquity,
    );
    if (ends[0] === undefined || new Set(ends).size > 1) throw new Error(`${what}: ${ends.join(", ")}`);
    const kept: number[] = [];
    const ours: number[] = [];
    const bare: number[] = [];
    for (let k = 0; k < WARM_UP + REPEATS; k += 1) {
      kept.push(await timed(pipeline));
      ours.push(await timed(unkept));
      bare.push(await timed(engine));
    }
    const after = (all: readonly number[]): string => inMs(median(all.slice(WARM_UP)));
    const ratio = (all: readonly number[]): string =>
      times(median(all.map((time, k) => time / (bare[k] ?? NaN)).slice(WARM_UP)));
    rows.push([what, after(bare), after(ours), ratio(ours), "1.3×", after(kept), ratio(kept)]);
  }
  await runtime.close();
  return {
    title: "The pipeline and the bare engine",
    about:
      "Data, alpha, risk, portfolio and backtest as agents on a LangGraph graph, with steps, reports and checkpoints, against the same rules as a strategy of the engine (`backtest --strategy agents`); all fetch the data and judge the result, and end with the same equity. A run of a graph costs LangGraph and the reports some ten milliseconds, whatever it computes. The last columns are a run of its own, as `finagent pipeline` makes it: each step, with all that the agents reported at each date, is in the embedded store before the next one begins.",
    header: ["", "bare engine", "pipeline", "ratio", "target", "each step kept", "ratio"],
    rows,
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
