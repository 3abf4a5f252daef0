import type { CheckpointMetadata } from "@langchain/langgraph-checkpoint";
import type { RecordEntry } from "../records/record-store.ts";

/**
 * Where a value is:
 * - a text: the hash of a content record of the thread, which holds the packed value;
 * - `[packed]`: on the spot, where it is no longer than a hash;
 * - `m`: an object; the content with this hash holds the place of each of its fields;
 * - `l`: a list, as a tree: `l[0]` has the places of its last elements; those before stand in contents of `LIST_WIDTH`
 *   places each, of which `l[1]` names the last ones, and so on upwards. So a list that grew by one shares all but a
 *   few hashes with the one before.
 */
export type Ref =
  string | readonly [packed: unknown] | { readonly m: string } | { readonly l: readonly (readonly Ref[])[] };

/** What one record of a checkpoint holds; its values lie in contents that other checkpoints share. */
export interface StoredCheckpoint {
  /** Packed, without the values of channels. */
  readonly checkpoint: { readonly channel_versions: Readonly<Record<string, string | number>> };
  /** Packed. */
  readonly metadata: Partial<Pick<CheckpointMetadata, "parents" | "counters_since_delta_snapshot">>;
  readonly refs: Readonly<Record<string, Ref>>;
  readonly parent?: string;
}

export interface StoredWrite {
  readonly channel: string;
  readonly ref: Ref;
}

export const LIST_WIDTH = 16;

/** Values up to about this many characters stand where they are used: no longer than a hash. */
export const INLINE_LENGTH = 48;

/** Objects from about this many characters are kept field by field. */
export const SPLIT_LENGTH = 1024;

export function checkpointIn({ value }: Pick<RecordEntry, "value">): StoredCheckpoint {
  return JSON.parse(Buffer.from(value).toString()) as StoredCheckpoint;
}

export function writeIn({ value }: Pick<RecordEntry, "value">): StoredWrite {
  return JSON.parse(Buffer.from(value).toString()) as StoredWrite;
}
