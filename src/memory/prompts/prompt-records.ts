import { z } from "zod";
import { FinAgentError } from "../../domain/errors.ts";
import { promptVersionSchema } from "../../domain/prompt/version.ts";
import type { Partition, RecordEntry } from "../records/record-store.ts";

/** Versions, promotions and approvals: together, so that they change together. */
export const REGISTRY: Partition = { kind: "prompts", id: "versions" };

/** Results of an agent's versions. */
export const trialsOf = (agent: string): Partition => ({ kind: "prompts", id: `trials ${agent}` });

export const HOLDOUTS: Partition = { kind: "prompts", id: "holdouts" };

/** What is in force, of all agents. */
export const IN_FORCE = "in-force";

export const versionKey = (agent: string, version: string): string => `${agent}/version/${version}`;
export const approvalKey = (agent: string, version: string): string => `${agent}/approval/${version}`;
/** Six digits sort as numbers do. */
export const promotionKey = (agent: string, number: number): string =>
  `${agent}/promotion/${String(number).padStart(6, "0")}`;

/** By agent: the version in force, null for the one that comes with FinAgent, and how many promotions there were. */
export const inForceSchema = z.record(
  z.string(),
  z.object({ version: z.string().nullable(), promotions: z.number().int().min(0) }),
);

export type InForce = z.output<typeof inForceSchema>;

/** A version without what becomes of it. */
export const keptVersionSchema = promptVersionSchema.omit({ status: true, live: true, trials: true });

export type KeptVersion = z.output<typeof keptVersionSchema>;

export const approvalSchema = promptVersionSchema.shape.live.unwrap();

export type Approval = z.output<typeof approvalSchema>;

export const holdoutSchema = z.object({
  agent: z.string(),
  runId: z.string(),
  symbols: z.array(z.string()),
  source: z.string(),
  from: z.number(),
  to: z.number(),
  at: z.string(),
});

export function entry(key: string, value: unknown): RecordEntry {
  return { key, value: Buffer.from(JSON.stringify(value)) };
}

/** @throws FinAgentError STORE_CORRUPT where a record is not what was written */
export function readRecord<S extends z.ZodType>(schema: S, key: string, value: Uint8Array): z.output<S> {
  const parsed = schema.safeParse(parseJson(value));
  if (parsed.success) return parsed.data;
  throw new FinAgentError("STORE_CORRUPT", `The prompt record "${key}" cannot be read.`, {
    hint: "Something else has changed the store: restore it from a copy.",
    details: { kind: REGISTRY.kind, key },
  });
}

function parseJson(value: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(value).toString("utf8"));
  } catch {
    return undefined;
  }
}
