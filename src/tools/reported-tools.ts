import { askTool } from "./ask.ts";
import { backtestStrategyTool } from "./backtest-strategy.ts";
import { compareStrategiesTool } from "./compare-strategies.ts";
import { optimizeAgentPromptsTool } from "./optimize-agent-prompts.ts";
import { runPipelineTool } from "./run-pipeline.ts";
import { stressStrategyTool } from "./stress-strategy.ts";
import { sweepStrategyTool } from "./sweep-strategy.ts";
import { FinAgentError } from "../domain/errors.ts";
import type { RunHeader } from "../domain/run/run-header.ts";
import type { Tool } from "./tool.ts";

/** The capabilities whose runs are kept. */
export const REPORTED_TOOLS: readonly Tool[] = [
  askTool,
  runPipelineTool,
  backtestStrategyTool,
  sweepStrategyTool,
  stressStrategyTool,
  compareStrategiesTool,
  optimizeAgentPromptsTool,
];

/** @throws FinAgentError BAD_ARGUMENT where another version ran it, or its header cannot be read */
export function toolOfRun({ id, tool }: Pick<RunHeader, "id" | "tool">): Tool {
  const found = REPORTED_TOOLS.find(({ name }) => name === tool);
  if (found !== undefined) return found;
  throw new FinAgentError("BAD_ARGUMENT", `The run ${id} (${tool}) cannot be run again.`, {
    hint: `"finagent runs show ${id}" says what is known of it.`,
    details: { id },
  });
}
