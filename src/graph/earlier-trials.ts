import type { TrialResult } from "../domain/prompt/version.ts";
import type { DecidingAgent } from "../domain/prompt/deciding-agents.ts";
import type { ToolContext } from "../tools/tool.ts";

/**
 * What other optimisations had found of an agent's versions when this one began: every one counts against the next.
 * @param since ISO 8601
 */
export async function earlierTrials(
  { prompts, identity }: ToolContext,
  agent: DecidingAgent,
  since: string,
): Promise<TrialResult[]> {
  const trials = await prompts.trials(agent);
  return trials.filter(({ at, runId }) => runId !== identity.runId && at <= since);
}
