import { FinAgentError } from "../../domain/errors.ts";
import type { BasePrompt } from "../../domain/prompt/base-prompt.ts";
import type { AgentVersions } from "./agent-versions.ts";
import type { KeptVersion } from "./prompt-records.ts";

/** How many versions are named where several begin alike. */
const NAMED = 5;

/**
 * A version by its name, or the beginning of it.
 * @throws FinAgentError UNKNOWN_PROMPT, BAD_ARGUMENT where several begin so
 */
export function findVersion({ base, versions }: AgentVersions, name: string): KeptVersion {
  const exact = versions.get(name);
  if (exact !== undefined) return exact;
  const [only, ...others] = [...versions.values()].filter((one) => one.version.startsWith(name));
  if (only === undefined || name === "") throw unknownVersion(base.agent, name);
  if (others.length === 0) return only;
  const some = [only, ...others].slice(0, NAMED).map(({ version }) => version);
  const more = others.length >= NAMED ? ", …" : "";
  throw new FinAgentError(
    "BAD_ARGUMENT",
    `Several versions of the ${base.agent} agent's prompt begin with ${JSON.stringify(name)}.`,
    { hint: `Write more of it: ${some.join(", ")}${more}`, details: { field: "version", version: name } },
  );
}

export function unknownVersion(agent: string, version: string): FinAgentError {
  return new FinAgentError(
    "UNKNOWN_PROMPT",
    `There is no version ${JSON.stringify(version)} of the ${agent} agent's prompt.`,
    {
      hint: `"finagent prompts list ${agent}" names those that there are; --home says where they are kept.`,
      details: { field: "version", agent, version },
    },
  );
}

export function unknownAgent(agent: string, bases: readonly BasePrompt[]): FinAgentError {
  return new FinAgentError("UNKNOWN_PROMPT", `There is no agent ${JSON.stringify(agent)} with a prompt.`, {
    hint: `The agents are ${bases.map((one) => one.agent).join(", ")}.`,
    details: { field: "agent", agent },
  });
}
