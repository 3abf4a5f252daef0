import { z } from "zod";
import { contentHash } from "../../domain/hash.ts";
import { tapedOutcomeSchema } from "../../domain/run/run-tape.ts";

/** Where a run's calls lie in its partition. */
export const TAPE = "tape/";

/** Six digits sort as numbers do. */
export const tapeKey = (ordinal: number): string => `${TAPE}${String(ordinal).padStart(6, "0")}`;

export const ordinalOf = (key: string): number => Number(key.slice(TAPE.length));

const entrySchema = z.object({
  /** Content hash of the question. */
  key: z.string(),
  agent: z.string(),
  outcome: tapedOutcomeSchema,
  /** The answer was held already and nothing was spent on it. */
  cached: z.boolean(),
  /**
   * An answer of the run before it was interrupted, given a second time. It stands for a question of its own only
   * where a replay asks more often than the model was asked.
   */
  again: z.boolean(),
});

export type TapeEntry = z.output<typeof entrySchema>;

/** An entry after its own content hash. */
export function encodeEntry(entry: TapeEntry): Uint8Array {
  const json = JSON.stringify(entry);
  return Buffer.from(`${contentHash([json])}\n${json}`);
}

/** Null where a single byte is other than it was written. */
export function decodeEntry(value: Uint8Array): TapeEntry | null {
  const text = Buffer.from(value).toString("utf8");
  const end = text.indexOf("\n");
  const json = text.slice(end + 1);
  if (end < 0 || contentHash([json]) !== text.slice(0, end)) return null;
  const parsed = entrySchema.safeParse(JSON.parse(json));
  return parsed.success ? parsed.data : null;
}
