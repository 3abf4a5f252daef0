import { FinAgentError } from "../../domain/errors.ts";
import { type AgentVersions, replacedBefore } from "./agent-versions.ts";
import type { Change } from "./change-in-force.ts";

/** @throws FinAgentError BAD_ARGUMENT where every promotion is undone, or there was none */
export function rolledBack(
  { base, versions, history }: AgentVersions,
  { reason, at }: { readonly reason: string; readonly at: string },
): Change {
  const [name, ...earlier] = replacedBefore(history).reverse();
  if (name === undefined) {
    throw new FinAgentError(
      "BAD_ARGUMENT",
      `No promotion of the ${base.agent} agent's prompt could be undone: ${base.version}, which comes with FinAgent, is in force.`,
      { hint: `"finagent prompts promote ${base.agent} VERSION" puts another one in force.` },
    );
  }
  const rest = { by: "person" as const, reason, at, rollback: true };
  const found = versions.get(name);
  // With nothing promoted what comes with FinAgent is in force, which may be a newer one by now.
  const first = earlier.length === 0 && (found === undefined || found.author === "base");
  return first ? { to: null, version: base.version, ...rest } : { to: found ?? base, version: name, ...rest };
}
