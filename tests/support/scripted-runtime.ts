import type { ConfigInput } from "../../src/config.ts";
import type { RunReport } from "../../src/domain/run/report.ts";
import type { RunOptions, Runtime } from "../../src/runtime.ts";
import { testConfig } from "./test-config.ts";

export interface RuntimeCall {
  readonly tool: string;
  readonly input: unknown;
  readonly options: RunOptions;
}

/** A runtime whose every run is played by `play`; it records the calls. Its settings ignore the environment. */
export function scriptedRuntime(
  play: (call: RuntimeCall) => unknown,
  settings: ConfigInput = {},
): Runtime & { readonly calls: readonly RuntimeCall[] } {
  const calls: RuntimeCall[] = [];
  return {
    config: testConfig(settings),
    calls,
    async run(tool, input, options = {}) {
      const call = { tool: tool.name, input, options };
      calls.push(call);
      return tool.output.parse(await play(call));
    },
    resume: async (id, options = {}) => {
      const call = { tool: "resume", input: { id }, options };
      calls.push(call);
      return play(call);
    },
    replay: () => Promise.reject(new Error("no replay is scripted")),
    fork: () => Promise.reject(new Error("no fork is scripted")),
    close: () => Promise.resolve(),
  };
}

/** The smallest report that fits the schema. */
export function sampleReport(fields: Partial<RunReport> = {}): RunReport {
  return {
    runId: "run-1",
    threadId: "thread-1",
    status: "done",
    request: "Analyze AAPL",
    plan: [],
    answer: "AAPL rose.",
    unverified: [],
    flags: [],
    data: null,
    decisions: { llm: 0, cache: 0, fallback: 0, rules: 1 },
    provenance: { result: "rules", modelShare: null, minModelShare: 0.95, where: [], next: null },
    signals: [],
    risk: null,
    portfolio: null,
    weights: { AAPL: 0.5 },
    metrics: null,
    benchmark: null,
    market: null,
    equity: [["2025-08-15T20:00:00.000Z", 100_000]],
    tradeList: [],
    verdict: null,
    backtest: null,
    rebalances: [],
    steps: [],
    net: null,
    usage: { inputTokens: 0, outputTokens: 0, cost: null, byModel: [] },
    prompts: { alpha: "1" },
    model: "offline",
    code: "0.1.0",
    seed: 1,
    ...fields,
  };
}
