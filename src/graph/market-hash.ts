import { canonicalJson, contentHash } from "../domain/hash.ts";
import type { OptimizeInput } from "../domain/optimize/input.ts";
import type { DecidingAgent } from "../domain/prompt/deciding-agents.ts";
import type { ToolContext } from "../tools/tool.ts";
import type { Market } from "./measure-version.ts";

/** What a candidate was tried on: the bars, their folds, the costs, the limits, and the others in the team. */
export function marketHash(
  { policies }: ToolContext,
  { dataSet, plan }: Market,
  { settings, constraints }: OptimizeInput,
  agent: DecidingAgent,
): string {
  const others = Object.entries(policies).filter(([name]) => name !== agent);
  return contentHash([dataSet.id, canonicalJson({ plan, settings, constraints, others })]);
}
