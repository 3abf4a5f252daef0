import { z } from "zod";
import type { PolicyOverrides } from "./agents/policies.ts";
import { type Assembled, assemble } from "./assemble.ts";
import type { Config } from "./config.ts";
import { FinAgentError } from "./domain/errors.ts";
import { policiesSchema } from "./domain/policy/policies.ts";
import type { Policies } from "./domain/policy/policies.ts";
import type { RunHeader } from "./domain/run/run-header.ts";
import { setField } from "./domain/run/set-field.ts";
import type { RecordStore } from "./memory/records/record-store.ts";
import type { RuntimeParts } from "./runtime-parts.ts";
import { toldInRun } from "./told-in-run.ts";
import { parseInput } from "./tools/tool.ts";

/** A program's settings and parts, and what was put together from them. */
export interface Origin {
  readonly config: Config;
  readonly parts: RuntimeParts;
  readonly assembled: Assembled;
}

/** What a run has of its own. */
export type RunSettings = Pick<
  RunHeader,
  | "id"
  | "code"
  | "prompts"
  | "source"
  | "seed"
  | "model"
  | "models"
  | "overrides"
  | "startedAt"
  | "clock"
  | "minModelShare"
>;

/**
 * The product with the settings of a run and the versions of its prompts in place of the program's own, at the time of that
 * run. What is done so is no decision, and is not remembered.
 * @throws FinAgentError BAD_ARGUMENT where the run's data came from a source that this program does not have, or an
 * override does not fit; UNKNOWN_PROMPT
 */
export async function asRun(
  run: RunSettings,
  { config, parts, assembled }: Origin,
  openai: Config["openai"],
  records: RecordStore,
): Promise<Origin> {
  const told = await toldInRun(run, assembled.versions);
  const { market, policies } = assembled.with(told).services;
  const now = Date.parse(run.clock ?? run.startedAt);
  const named = /^(?:offline$|openai:.)/.test(run.model);
  const own: Config = {
    ...config,
    openai,
    seed: run.seed,
    minModelShare: run.minModelShare ?? config.minModelShare,
    data: market.source === run.source ? config.data : sourceOf(run, parts),
    ...(named ? { model: run.model, models: run.models } : {}),
  };
  const ownParts: RuntimeParts = {
    ...parts,
    records,
    clock: { now: () => now },
    policies: { ...parts.policies, ...policyOverrides(run.overrides, policies) },
    instructions: { ...parts.instructions, ...instructionsOf(run.overrides) },
  };
  return { config: own, parts: ownParts, assembled: assemble(own, ownParts, { whatIf: true, told }) };
}

function sourceOf({ source }: RunSettings, { market }: RuntimeParts): string {
  if (market === undefined && /^(?:simulated$|csv:.)/.test(source)) return source;
  throw new FinAgentError("BAD_ARGUMENT", `The run's data came from ${source}, which is not here.`, {
    hint: "Do it with a program that has this source of data.",
    details: { source },
  });
}

const overridesSchema = z.object({
  policy: z.strictObject({
    alpha: policiesSchema.shape.alpha.strict().optional(),
    risk: policiesSchema.shape.risk.strict().optional(),
    portfolio: policiesSchema.shape.portfolio.strict().optional(),
  }),
});

/** The policies that have a field overridden, whole. */
function policyOverrides(overrides: RunSettings["overrides"], policies: Policies): PolicyOverrides {
  let changed: unknown = policies;
  const agents = new Set<string>();
  for (const [name, value] of Object.entries(overrides)) {
    const [kind, agent = "", ...field] = name.split(".");
    if (kind !== "policy") continue;
    agents.add(agent);
    changed = setField(changed, [agent, ...field], value);
  }
  const policy = Object.fromEntries(Object.entries(changed ?? {}).filter(([agent]) => agents.has(agent)));
  const { alpha, risk, portfolio } = parseInput(overridesSchema, { policy }).policy;
  return {
    ...(alpha === undefined ? {} : { alpha }),
    ...(risk === undefined ? {} : { risk }),
    ...(portfolio === undefined ? {} : { portfolio }),
  };
}

function instructionsOf(overrides: RunSettings["overrides"]): NonNullable<RuntimeParts["instructions"]> {
  const told = Object.entries(overrides).filter(([name]) => name.startsWith("prompt."));
  return Object.fromEntries(told.map(([name, text]) => [name.slice("prompt.".length), String(text)]));
}
