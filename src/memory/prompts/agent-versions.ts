import type { BasePrompt } from "../../domain/prompt/base-prompt.ts";
import {
  type Promotion,
  promotionSchema,
  type PromptVersion,
  type TrialResult,
} from "../../domain/prompt/version.ts";
import type { RecordStore } from "../records/record-store.ts";
import {
  type Approval,
  approvalKey,
  approvalSchema,
  IN_FORCE,
  type InForce,
  inForceSchema,
  type KeptVersion,
  keptVersionSchema,
  promotionKey,
  readRecord,
  REGISTRY,
  versionKey,
} from "./prompt-records.ts";

/** What is kept of one agent's versions. */
export interface AgentVersions {
  readonly base: KeptVersion;
  /** The base among them. */
  readonly versions: ReadonlyMap<string, KeptVersion>;
  /** Oldest first. */
  readonly history: readonly Promotion[];
  readonly approvals: ReadonlyMap<string, Approval>;
  readonly inForce: string;
}

/** A base prompt as a version. */
export function baseVersion({ agent, version, instructions, policy }: BasePrompt): KeptVersion {
  return {
    agent,
    version,
    parent: null,
    author: "base",
    model: null,
    reason: "It comes with FinAgent.",
    instructions: instructions.trim(),
    policy: keptVersionSchema.shape.policy.parse(policy),
    createdAt: null,
  };
}

/** @returns what is in force, as it was kept, too */
export async function readInForce(
  records: RecordStore,
): Promise<{ readonly inForce: InForce; readonly kept: Uint8Array | null }> {
  const [kept = null] = await records.get(REGISTRY, [IN_FORCE]);
  return { inForce: kept === null ? {} : readRecord(inForceSchema, IN_FORCE, kept), kept };
}

/** @throws FinAgentError STORE_CORRUPT */
export async function readAgent(
  records: RecordStore,
  prompt: BasePrompt,
  { inForce }: { readonly inForce: InForce },
): Promise<AgentVersions> {
  const { agent } = prompt;
  const base = baseVersion(prompt);
  const versions = new Map([[base.version, base]]);
  const approvals = new Map<string, Approval>();
  const history: Promotion[] = [];
  const { version, promotions } = inForce[agent] ?? { version: null, promotions: 0 };
  const beyond = promotionKey(agent, promotions);
  const [kept, promoted] = [versionKey(agent, ""), promotionKey(agent, 0).slice(0, -6)];
  for (const { key, value } of await records.range(REGISTRY, { prefix: `${agent}/` })) {
    if (key.startsWith(kept)) {
      const one = readRecord(keptVersionSchema, key, value);
      if (one.version !== base.version) versions.set(one.version, one);
    } else if (key.startsWith(promoted)) {
      // One that came after the state that was read is not part of it.
      if (key <= beyond) history.push(readRecord(promotionSchema, key, value));
    } else {
      approvals.set(key.slice(approvalKey(agent, "").length), readRecord(approvalSchema, key, value));
    }
  }
  return { base, versions, history, approvals, inForce: version ?? base.version };
}

/** What the promotions that are not undone have replaced, the oldest first. */
export function replacedBefore(history: readonly Promotion[]): string[] {
  const replaced: string[] = [];
  for (const one of history) {
    if (one.rollback) replaced.pop();
    else replaced.push(one.replaced);
  }
  return replaced;
}

/** The last version in force that may be used for real money. */
export function approvedForLive({ inForce, history, approvals, versions, base }: AgentVersions): string {
  const line = [inForce, ...replacedBefore(history).reverse()];
  const approved = (name: string): boolean =>
    approvals.has(name) || versions.get(name)?.author === base.author;
  return line.find(approved) ?? base.version;
}

export function describeVersion(
  { history, approvals, inForce }: AgentVersions,
  kept: KeptVersion,
  trials: readonly TrialResult[],
): PromptVersion {
  const { version } = kept;
  const was = history.some((one) => one.version === version || one.replaced === version);
  return {
    ...kept,
    status: version === inForce ? "promoted" : was ? "retired" : "candidate",
    live: approvals.get(version) ?? null,
    trials: [...trials],
  };
}
