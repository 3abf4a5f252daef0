import { simulatedMarketData } from "../../src/adapters/simulated/simulated-market-data.ts";
import { loadConfig } from "../../src/config.ts";
import { createRuntime } from "../../src/runtime.ts";
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

/** The agents on their graph, with their steps and reports, against the same rules straight through the engine. */
export async function run(): Promise<Table> {
  const clock = { now: () => Date.UTC(2025, 10, 1) };
  const config = loadConfig({}, {}, "no-such-file.yaml");
  const runtime = createRuntime(config, { clock, market: simulatedMarketData({ seed: config.seed, clock }) });
  const rows: string[][] = [];
  for (const { what, symbols, from } of REQUESTS) {
    const window = { symbols: [...symbols], from, to: TO };
    const settings = { closeOut: false };
    const pipeline = () => runtime.run(runPipelineTool, { ...window, settings });
    const engine = () => runtime.run(backtestStrategyTool, { ...window, settings, strategy: "agents" });
    const [report, backtest] = [await pipeline(), await engine()];
    const [mine, theirs] = [report, backtest].map((one) => one.backtest?.finalEquity);
    if (mine === undefined || mine !== theirs) throw new Error(`${what}: ${mine} against ${theirs}`);
    const ours: number[] = [];
    const bare: number[] = [];
    for (let k = 0; k < WARM_UP + REPEATS; k += 1) {
      ours.push(await timed(pipeline));
      bare.push(await timed(engine));
    }
    const ratios = ours.map((time, k) => time / (bare[k] ?? NaN)).slice(WARM_UP);
    rows.push([
      what,
      inMs(median(ours.slice(WARM_UP))),
      inMs(median(bare.slice(WARM_UP))),
      times(median(ratios)),
      "1.3×",
    ]);
  }
  return {
    title: "The pipeline and the bare engine",
    about:
      "Data, alpha, risk, portfolio and backtest as agents on a LangGraph graph, with steps, reports and checkpoints, against the same rules as a strategy of the engine (`backtest --strategy agents`); both fetch the data and judge the result. Both end with the same equity. A run of a graph costs LangGraph and the reports some ten milliseconds, whatever it computes.",
    header: ["", "pipeline", "bare engine", "ratio", "target"],
    rows,
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
