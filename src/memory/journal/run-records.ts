import { z } from "zod";
import { type JournalEntry, journalEntrySchema } from "../../domain/run/journal-entry.ts";
import { type RunHeader, runHeaderSchema } from "../../domain/run/run-header.ts";
import { timeOfRunId } from "../../domain/run/run-id.ts";
import type { Partition } from "../records/record-store.ts";

export const HEADER = "header";
export const EVENTS = "event/";

/** Six digits sort as numbers do. */
export const eventKey = (seq: number): string => `${EVENTS}${String(seq).padStart(6, "0")}`;

export const seqOf = (key: string): number => Number(key.slice(EVENTS.length));

export const runPartition = (id: string): Partition => ({ kind: "run", id });

/** Which process writes the run: one that has ended without a word leaves an interrupted run. */
export interface Writer {
  readonly host: string;
  readonly pid: number;
  /** See `processMark`. */
  readonly mark: string | null;
}

const keptHeaderSchema = runHeaderSchema.extend({
  writer: z.object({ host: z.string(), pid: z.number().int(), mark: z.string().nullable() }),
});

export type KeptHeader = z.output<typeof keptHeaderSchema>;

/** A header as it was kept; where it cannot be read, what the id alone tells. */
export function readHeader(id: string, value: Uint8Array | null | undefined): KeptHeader {
  const parsed = keptHeaderSchema.safeParse(parseJson(value));
  if (parsed.success && parsed.data.id === id) return parsed.data;
  return { ...unknownRun(id), writer: { host: "", pid: 0, mark: null } };
}

/** An event as it was kept; null where it is not whole. */
export function readEntry(value: Uint8Array): JournalEntry | null {
  const parsed = journalEntrySchema.safeParse(parseJson(value));
  return parsed.success ? parsed.data : null;
}

function parseJson(value: Uint8Array | null | undefined): unknown {
  if (value === null || value === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(value).toString("utf8"));
  } catch {
    return undefined;
  }
}

function unknownRun(id: string): RunHeader {
  return {
    id,
    threadId: "",
    tool: "unknown",
    subject: "",
    input: null,
    status: "interrupted",
    startedAt: timeOfRunId(id) ?? "",
    endedAt: null,
    asOf: null,
    source: "",
    data: null,
    code: "",
    seed: 0,
    model: "",
    checkpointed: false,
    base: null,
    forkedFrom: null,
    overrides: {},
    clock: null,
    models: {},
    endpoint: null,
    minModelShare: null,
    prompts: {},
    decisions: null,
    usage: null,
    report: null,
    error: null,
  };
}
