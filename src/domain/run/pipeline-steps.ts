import { FinAgentError } from "../errors.ts";

/** The steps of a pipeline in their order: how the graph calls them, the agent and the tool. */
const STEPS = [
  ["fetch_data", "data", "fetch_market_data"],
  ["score_alpha", "alpha", "ask_alpha_agent"],
  ["assess_risk", "risk", "ask_risk_agent"],
  ["build_portfolio", "portfolio", "ask_portfolio_agent"],
  ["run_backtest", "backtest", "run_backtest"],
] as const;

export type PipelineStep = (typeof STEPS)[number][0];

export const PIPELINE_STEPS: readonly PipelineStep[] = STEPS.map(([node]) => node);

/**
 * A step by its number (from 1), its name, its agent or its tool.
 * @throws FinAgentError BAD_ARGUMENT
 */
export function pipelineStep(name: string): PipelineStep {
  const found = STEPS.find((names, index) => String(index + 1) === name || names.some((one) => one === name));
  if (found !== undefined) return found[0];
  throw new FinAgentError("BAD_ARGUMENT", `at: a pipeline has no step ${JSON.stringify(name)}.`, {
    hint: `Name one of ${PIPELINE_STEPS.join(", ")}, or its number.`,
    details: { field: "at" },
  });
}

/** By the longest name that a setting begins with: the first step that looks at it. */
const FIRST_READ: Readonly<Record<string, PipelineStep>> = {
  seed: "fetch_data",
  model: "fetch_data",
  "input.symbols": "fetch_data",
  "input.from": "fetch_data",
  "input.to": "fetch_data",
  "input.asOf": "fetch_data",
  "input.agents": "fetch_data",
  "prompt.data": "fetch_data",
  "input.rebalance": "score_alpha",
  "policy.portfolio.rebalanceBars": "score_alpha",
  "policy.alpha": "score_alpha",
  "prompt.alpha": "score_alpha",
  "input.risk": "assess_risk",
  "input.constraints": "assess_risk",
  "policy.risk": "assess_risk",
  "prompt.risk": "assess_risk",
  "policy.portfolio": "build_portfolio",
  "prompt.portfolio": "build_portfolio",
  "input.settings.capital": "build_portfolio",
  "input.settings": "run_backtest",
  "input.detail": "run_backtest",
};

/** The first step of a pipeline that looks at a setting of a fork; null: none does. */
export function firstReadAt(name: string): PipelineStep | null {
  const parts = name.split(".");
  for (let length = parts.length; length > 0; length -= 1) {
    const step = FIRST_READ[parts.slice(0, length).join(".")];
    if (step !== undefined) return step;
  }
  return null;
}
