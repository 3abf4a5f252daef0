import { FINDS_EDGE, MISSES_EDGE, NOT_VALID, proposer } from "../scripted-optimizer.ts";
import { type AgentScripts, ask, call, calls, inTurn, specialist } from "../scripted-team.ts";

/**
 * What the models say: the manager plans, asks two specialists at once, one of which asks a model of its own, and then
 * a third.
 */
export const SCRIPTS = {
  alpha: specialist(),
  // One that is not valid, one that is promoted in the end, and one that is rejected.
  optimizer: proposer(NOT_VALID, FINDS_EDGE, MISSES_EDGE),
  manager: inTurn(
    calls(
      call("write_plan", {
        tasks: [
          { id: "1", title: "Fetch", tool: "fetch_market_data" },
          { id: "2", title: "Score", tool: "ask_alpha_agent", dependsOn: ["1"] },
        ],
      }),
    ),
    calls(call("fetch_market_data", { symbols: ["AAPL", "MSFT"], lastMonths: 6 })),
    (heard) => calls(ask.alpha(heard), ask.risk(heard)),
    (heard) => calls(ask.portfolio(heard)),
    { text: "Hold what the portfolio agent says." },
  ),
} satisfies AgentScripts;

/** One run for each graph. */
export const CASES = {
  manager: {
    tool: "ask",
    input: { request: "Analyze them", threadId: "the-conversation", asOf: "2025-08-15" },
  },
  pipeline: {
    tool: "run_pipeline",
    input: { symbols: ["AAPL", "MSFT"], from: "2025-05-15", asOf: "2025-08-15" },
  },
  optimizer: {
    tool: "optimize_agent_prompts",
    input: {
      agent: "alpha",
      target: 99,
      budget: 3,
      symbols: ["P01", "P02", "P03", "P04", "P05", "P06"],
      from: "2018-01-02",
      folds: 3,
    },
  },
} as const;

export type GraphName = keyof typeof CASES;
