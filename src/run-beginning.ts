import type { Origin } from "./as-run.ts";
import { AGENT_NAMES } from "./config.ts";
import { isoTime } from "./domain/iso-time.ts";
import { describeInput } from "./domain/run/describe-input.ts";
import type { RunBeginning } from "./domain/run/run-header.ts";
import type { RunPlace } from "./perform-run.ts";
import { modelNameOf } from "./runtime-parts.ts";
import type { Tool } from "./tools/tool.ts";

/** What is known of a run before its first step, but for where its thread stands. */
export function runBeginning(
  { config, parts, assembled }: Origin,
  tool: Tool,
  { runId, threadId, asOf }: RunPlace,
  input: unknown,
): Omit<RunBeginning, "base"> {
  const { identity, market } = assembled.services;
  const { code, seed, model } = identity;
  const models = AGENT_NAMES.map((agent) => [agent, modelNameOf(config, parts, agent)] as const);
  return {
    id: runId,
    threadId,
    tool: tool.name,
    subject: describeInput(input),
    input,
    asOf: asOf === null ? null : isoTime(asOf),
    source: market.source,
    code,
    seed,
    model,
    models: Object.fromEntries(models.filter(([, name]) => name !== model)),
    endpoint: endpointOf(config.openai.baseUrl),
    minModelShare: config.minModelShare,
    checkpointed: tool.checkpointed === true,
    prompts: assembled.prompts,
  };
}

/** Without a password that the URL may hold. */
function endpointOf(url: string | undefined): string | null {
  if (url === undefined) return null;
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
