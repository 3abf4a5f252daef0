import { FinAgentError } from "./domain/errors.ts";
import type { ToldPrompts } from "./domain/prompt/told-prompt.ts";
import type { RunHeader } from "./domain/run/run-header.ts";
import type { PromptStore } from "./memory/prompts/prompt-store.ts";

/**
 * What the agents were told in a run, whatever is in force by now.
 * @throws FinAgentError UNKNOWN_PROMPT where a version is not known here
 */
export async function toldInRun(
  { id, code, prompts }: Pick<RunHeader, "id" | "code" | "prompts">,
  versions: PromptStore,
): Promise<ToldPrompts> {
  const names = Object.entries(prompts).map(([agent, one]) => [agent, one.over ?? one.version] as const);
  try {
    return await versions.toldBy(Object.fromEntries(names));
  } catch (error) {
    if (!(error instanceof FinAgentError) || error.code !== "UNKNOWN_PROMPT") throw error;
    const { agent, version } = error.details;
    throw new FinAgentError(
      "UNKNOWN_PROMPT",
      `The run ${id} of FinAgent ${code} went by version ${String(version)} of the ${String(agent)} agent's prompt, which is not known here.`,
      {
        hint: "Do it with the store that the version was added to, and with a FinAgent that comes with it; or run it anew.",
        details: { ...error.details, id },
        cause: error,
      },
    );
  }
}
