import type { RunnableConfig } from "@langchain/core/runnables";
import {
  BaseCheckpointSaver,
  type ChannelVersions,
  type Checkpoint,
  type CheckpointListOptions,
  type CheckpointMetadata,
  type CheckpointTuple,
  type PendingWrite,
  WRITES_IDX_MAP,
} from "@langchain/langgraph-checkpoint";
import { FinAgentError } from "../../domain/errors.ts";
import type { Batch, RecordEntry, RecordStore } from "../records/record-store.ts";
import { configFor, namedIn, type Place, requirePlace } from "./config-place.ts";
import { ContentWriter } from "./content-writer.ts";
import { copyThread } from "./copy-thread.ts";
import { freshMark } from "./fresh-mark.ts";
import { listCheckpoints } from "./list-checkpoints.ts";
import { pack } from "./pack.ts";
import { pruneThread } from "./prune-thread.ts";
import { readTuples } from "./read-tuples.ts";
import { stateSerde } from "./state-serde.ts";
import { checkpointIn, type Ref, type StoredCheckpoint, type StoredWrite } from "./stored-value.ts";
import {
  checkpointKey,
  checkpointsOf,
  EPOCH,
  LATEST_WRITE,
  threadPartition,
  writeKey,
} from "./thread-keys.ts";
import { changing } from "./thread-at-rest.ts";
import { remember, ThreadMemory } from "./thread-memory.ts";

/** Threads that are remembered at once. */
const MOST_THREADS = 64;

/** Of what is remembered of all threads together; the latest is always kept. */
const MOST_BYTES = 64e6;

/** Somebody else took records of the thread away between two tries; not more often than this in a row. */
const MOST_TRIES = 8;

export interface SaverOptions {
  /** A thread ends so long after its last write; without it never. */
  readonly expireAfterMs?: number;
}

/** What one write adds, as far as it depends on what is stored already. */
interface Draft {
  readonly batch: Batch;
  /** What is known once it is written. */
  readonly commit: (memory: ThreadMemory) => void;
}

/**
 * LangGraph checkpoints over a record store. Everything of a thread is one partition, so it ends as a whole. A
 * checkpoint holds hashes of what its channels held; equal contents, and equal elements of lists, are stored once, so
 * that a step costs what it changed, however long the thread is. Each step is one atomic write in one round trip.
 */
export class RecordSaver extends BaseCheckpointSaver {
  readonly #records: () => Promise<RecordStore>;
  readonly #expiry: SaverOptions;
  readonly #memories = new Map<string, ThreadMemory>();

  /** @param records opens the store, or gives the one that is open */
  constructor(records: () => Promise<RecordStore>, options: SaverOptions = {}) {
    super(stateSerde);
    this.#records = records;
    this.#expiry = options;
  }

  async getTuple(config: RunnableConfig): Promise<CheckpointTuple | undefined> {
    if (namedIn(config).thread === undefined) return undefined;
    const place = requirePlace(config);
    // First the epoch: what is read later is of this one, or a write is refused.
    const [memory, record] = await Promise.all([this.#readMemory(place.thread), this.#find(place)]);
    if (record === undefined) return undefined;
    const [tuple] = await readTuples(await this.#records(), place.thread, [record], memory);
    // All that it names was there after the epoch was read.
    if (tuple !== undefined) memory.learnCheckpoint(record.key, checkpointIn(record));
    // A configuration that names a checkpoint may hold more than its name, which is to stay.
    return tuple === undefined || place.id === undefined ? tuple : { ...tuple, config };
  }

  async *list(config: RunnableConfig, options: CheckpointListOptions = {}): AsyncGenerator<CheckpointTuple> {
    yield* listCheckpoints(await this.#records(), config, options);
  }

  async put(
    config: RunnableConfig,
    checkpoint: Checkpoint,
    metadata: CheckpointMetadata,
    newVersions: ChannelVersions,
  ): Promise<RunnableConfig> {
    const { thread, namespace, id: parent } = requirePlace(config);
    const { channel_values: values, ...rest } = checkpoint;
    const key = checkpointKey(namespace, checkpoint.id);
    await this.#write(thread, async (memory) => {
      // Where there is no thread there is no checkpoint before, whatever came and went since that was seen.
      const follows = parent !== undefined && memory.epoch !== null;
      const before = follows ? await this.#stored(thread, namespace, parent, memory) : undefined;
      const writer = new ContentWriter(memory);
      const refs: Record<string, Ref> = {};
      for (const [channel, value] of Object.entries(values)) {
        const version = checkpoint.channel_versions[channel];
        const kept =
          before?.checkpoint.channel_versions[channel] === version ? before?.refs[channel] : undefined;
        const changed = channel in newVersions;
        if (!changed && kept !== undefined) refs[channel] = kept;
        // What did not change and does not stand in the checkpoint before was deleted there, or the graph of a fork
        // has no checkpoint before.
        else if (changed || parent !== undefined || metadata.source === "fork")
          refs[channel] = writer.place(value);
      }
      const stored = {
        checkpoint: pack(rest),
        metadata: pack(metadata),
        refs,
        ...(parent === undefined ? {} : { parent }),
      };
      const text = JSON.stringify(stored);
      return {
        batch: { put: [...writer.records(), { key, value: Buffer.from(text) }] },
        commit: (after) => {
          writer.commit(after);
          after.learnCheckpoint(key, JSON.parse(text) as StoredCheckpoint);
        },
      };
    });
    return configFor({ thread, namespace, id: checkpoint.id });
  }

  async putWrites(config: RunnableConfig, writes: PendingWrite[], taskId: string): Promise<void> {
    const { thread, namespace, id } = requirePlace(config);
    if (id === undefined) {
      throw new FinAgentError(
        "BAD_ARGUMENT",
        "configurable.checkpoint_id is missing: writes belong to a checkpoint.",
      );
    }
    const store = await this.#records();
    let held = new Set<string>();
    const keyed = writes.map(([channel, value], position) => {
      const index = WRITES_IDX_MAP[channel] ?? position;
      return { channel, value, once: index >= 0, key: writeKey(namespace, id, taskId, index) };
    });
    const once = keyed.filter((write) => write.once).map(({ key }) => key);
    await this.#write(
      thread,
      (memory) => {
        const writer = new ContentWriter(memory);
        const records = keyed
          .filter(({ key }) => !held.has(key))
          .map(({ key, channel, value }) => {
            const write: StoredWrite = { channel, ref: writer.place(value) };
            return { key, value: Buffer.from(JSON.stringify(write)) };
          });
        const expect = once.filter((key) => !held.has(key)).map((key) => ({ key, value: null }));
        return {
          batch: { put: [...writer.records(), ...records], expect },
          commit: (after) => writer.commit(after),
        };
      },
      // What a task wrote first counts, as with every saver: what is there already is left out of the next try.
      async () => {
        const values = await store.get(threadPartition(thread), once);
        held = new Set(once.filter((_, k) => values[k] !== null));
      },
    );
  }

  async deleteThread(threadId: string): Promise<void> {
    this.#memories.delete(threadId);
    await (await this.#records()).drop(threadPartition(threadId));
  }

  /**
   * Copies a thread with all its checkpoints.
   * @throws FinAgentError BAD_ARGUMENT where the new thread exists already
   */
  async copyThread(from: string, to: string): Promise<void> {
    await copyThread(await this.#records(), from, to, this.#expiry);
  }

  /**
   * Keeps the latest checkpoints of a thread, and those that they are computed from; of subgraphs those that
   * belong to a kept one. What only the others held is deleted with them.
   * @returns how many checkpoints were deleted
   */
  async prune(threadId: string, options: { readonly keep: number }): Promise<number> {
    return pruneThread(await this.#records(), threadId, options.keep);
  }

  /** One atomic write in one round trip, tried again where what was known of the thread is no longer so. */
  async #write(
    thread: string,
    draft: (memory: ThreadMemory) => Draft | Promise<Draft>,
    beforeRetry?: () => Promise<void>,
  ): Promise<void> {
    const store = await this.#records();
    for (let tried = 0; tried < MOST_TRIES; tried += 1) {
      const memory = this.#memories.get(thread) ?? (await this.#readMemory(thread));
      const { batch, commit } = await draft(memory);
      const epoch = memory.epoch ?? freshMark();
      const begin = memory.epoch === null ? [{ key: EPOCH, value: epoch }] : [];
      const written = await store.write(threadPartition(thread), {
        put: [...(batch.put ?? []), ...begin, { key: LATEST_WRITE, value: freshMark() }],
        expect: [{ key: EPOCH, value: memory.epoch }, ...(batch.expect ?? [])],
        ...this.#expiry,
      });
      if (written) {
        // What was known of no thread is not known of the one that begins here.
        const after = memory.epoch === null ? new ThreadMemory(epoch) : memory;
        if (after !== memory) this.#remember(thread, after);
        commit(after);
        return;
      }
      this.#memories.delete(thread);
      await beforeRetry?.();
    }
    throw changing(thread);
  }

  /** What is known of a thread, if that is still so. */
  async #readMemory(thread: string): Promise<ThreadMemory> {
    const [epoch = null] = await (await this.#records()).get(threadPartition(thread), [EPOCH]);
    const known = this.#memories.get(thread);
    const current = known !== undefined && sameBytes(known.epoch, epoch) ? known : new ThreadMemory(epoch);
    this.#remember(thread, current);
    return current;
  }

  #remember(thread: string, memory: ThreadMemory): void {
    remember(this.#memories, thread, memory, MOST_THREADS);
    let bytes = this.#memories.values().reduce((sum, one) => sum + one.bytes, 0);
    for (const [longestAgo, one] of this.#memories) {
      if (bytes <= MOST_BYTES || one === memory) return;
      this.#memories.delete(longestAgo);
      bytes -= one.bytes;
    }
  }

  async #stored(
    thread: string,
    namespace: string,
    id: string,
    memory: ThreadMemory,
  ): Promise<StoredCheckpoint | undefined> {
    const key = checkpointKey(namespace, id);
    const known = memory.checkpoint(key);
    if (known !== undefined) return known;
    const [value] = await (await this.#records()).get(threadPartition(thread), [key]);
    if (value === null || value === undefined) return undefined;
    const stored = checkpointIn({ value });
    memory.learnCheckpoint(key, stored);
    return stored;
  }

  async #find({ thread, namespace, id }: Place): Promise<RecordEntry | undefined> {
    const [store, partition] = [await this.#records(), threadPartition(thread)];
    if (id === undefined) {
      const range = { prefix: checkpointsOf(namespace), reverse: true, limit: 1 };
      return (await store.range(partition, range))[0];
    }
    const key = checkpointKey(namespace, id);
    const [value = null] = await store.get(partition, [key]);
    return value === null ? undefined : { key, value };
  }
}

function sameBytes(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a === null || b === null ? a === b : Buffer.compare(a, b) === 0;
}
