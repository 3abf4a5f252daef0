import type { RunBeginning } from "../../src/domain/run/run-header.ts";

/** What is known of a run when it begins. */
export function sampleBeginning(id: string): RunBeginning {
  return {
    id,
    threadId: "t",
    tool: "ask",
    subject: "Analyze AAPL",
    input: { request: "Analyze AAPL" },
    asOf: null,
    source: "simulated",
    code: "0.1.0",
    seed: 1,
    model: "offline",
    checkpointed: false,
    base: null,
    prompts: { alpha: { version: "1", hash: "aa" } },
  };
}
