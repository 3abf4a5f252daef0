import type { CheckpointTuple } from "@langchain/langgraph-checkpoint";
import { RecordSaver } from "../../../src/memory/checkpoints/record-saver.ts";
import type { RecordStore } from "../../../src/memory/records/record-store.ts";
import type { Operation } from "./operation.ts";
import { orphansOf } from "./orphans-by-text.ts";
import { areWhole, isWhole } from "./sealed-state.ts";

/** What was found afterwards. */
export interface StormFindings {
  readonly threads: number;
  readonly checkpoints: number;
  /** Of them those that were answered with "done" and that nobody can have taken away: they have to be there. */
  readonly owed: number;
  readonly owedWrites: number;
  /** Writes of a task that came after their checkpoint was deleted or pruned; a later pruning takes them. */
  readonly late: number;
  /** In words; none where all is well. */
  readonly faults: readonly string[];
}

/** Errors after which nothing was done. */
const NOT_DONE = /^(BAD_ARGUMENT|STORE_(BUSY|FULL|READ_ONLY|AUTH))$/;

/** Reads everything that a storm has left, and holds it against what was answered. */
export async function checkStorm(
  store: RecordStore,
  operations: readonly Operation[],
): Promise<StormFindings> {
  const histories = Map.groupBy(
    operations.filter(({ outcome }) => !NOT_DONE.test(outcome)),
    ({ thread }) => thread,
  );
  const there = new Set(await store.partitions("thread"));
  const checker = new Checker(store, histories);
  for (const thread of new Set([...histories.keys(), ...there])) await checker.check(thread);
  return { threads: there.size, ...checker.found, faults: checker.faults };
}

type Histories = ReadonlyMap<string, readonly Operation[]>;

class Checker {
  readonly found = { checkpoints: 0, owed: 0, owedWrites: 0, late: 0 };
  readonly faults: string[] = [];
  readonly #store: RecordStore;
  readonly #histories: Histories;

  constructor(store: RecordStore, histories: Histories) {
    this.#store = store;
    this.#histories = histories;
  }

  async check(thread: string): Promise<void> {
    const history = new History(this.#histories, thread);
    const there = new Map<string, CheckpointTuple>();
    // A saver that knows nothing.
    const saver = new RecordSaver(() => Promise.resolve(this.#store));
    for await (const tuple of saver.list({ configurable: { thread_id: thread } })) {
      there.set(tuple.checkpoint.id, tuple);
      this.#checkWhole(thread, tuple, history, there);
    }
    for (const { parentConfig, checkpoint } of there.values()) {
      const parent = String(parentConfig?.configurable?.["checkpoint_id"] ?? checkpoint.id);
      if (!there.has(parent) && history.stays(parent))
        this.#fault(thread, `${checkpoint.id} has lost its parent ${parent}`);
    }
    for (const put of history.puts) {
      if (history.isGone(put) && there.has(put.id))
        this.#fault(thread, `${put.id} is there, though deleted after it was put`);
      if (!history.isOwed(put)) continue;
      this.found.owed += 1;
      if (!there.has(put.id)) this.#fault(thread, `${put.id} was put and is lost`);
    }
    for (const id of history.owedWrites()) {
      this.found.owedWrites += 1;
      if (there.get(id)?.pendingWrites?.length !== 2) this.#fault(thread, `the writes of ${id} are lost`);
    }
    const { contents, writes } = await orphansOf(this.#store, thread);
    for (const content of contents) this.#fault(thread, `nobody needs the content ${content}`);
    for (const id of writes) {
      if (history.stays(id)) this.#fault(thread, `there are writes of ${id}, which is not there`);
      else this.found.late += 1;
    }
  }

  #checkWhole(
    thread: string,
    { checkpoint, pendingWrites = [] }: CheckpointTuple,
    history: History,
    there: ReadonlyMap<string, unknown>,
  ): void {
    this.found.checkpoints += 1;
    const { id } = checkpoint;
    if (!isWhole(checkpoint.channel_values)) this.#fault(thread, `${id} is not whole`);
    if (!areWhole(id, pendingWrites)) this.#fault(thread, `the writes of ${id} are not whole`);
    if (!history.knows(id)) this.#fault(thread, `${id} comes from nowhere (${there.size} are there)`);
  }

  #fault(thread: string, what: string): void {
    this.faults.push(`${thread}: ${what}`);
  }
}

/** A checkpoint that was put into a thread: by a process, or with all the others by copying. */
interface Put {
  readonly id: string;
  readonly begin: number;
  readonly end: number;
}

/** What may and what must be in a thread, by what was done to it when. */
class History {
  readonly puts: readonly Put[];
  readonly #operations: readonly Operation[];
  readonly #removals: readonly Operation[];
  readonly #byId: ReadonlyMap<string, Put>;
  /** How many checkpoints of the thread have later names. */
  readonly #later: ReadonlyMap<string, number>;

  constructor(histories: Histories, thread: string) {
    this.#operations = histories.get(thread) ?? [];
    this.#removals = this.#operations.filter(({ kind }) => kind === "delete" || kind === "prune");
    const own = this.#operations.flatMap(putOf);
    const copied = this.#operations.flatMap((copy) =>
      copy.kind === "copy" && copy.from !== undefined
        ? copiedBy(copy, new History(histories, copy.from))
        : [],
    );
    this.puts = [...own, ...copied];
    this.#byId = new Map(this.puts.map((put) => [put.id, put]));
    const ids = Array.from(this.#byId.keys()).sort();
    this.#later = new Map(ids.map((id, k) => [id, ids.length - 1 - k]));
  }

  knows(id: string): boolean {
    return this.#byId.has(id);
  }

  /** Whether a checkpoint was put for certain, and cannot have been taken away before a time. */
  isOwed({ id, begin, end }: Put, until = Infinity): boolean {
    if (end === Infinity) return false;
    const later = this.#later.get(id) ?? 0;
    return !this.#removals.some(
      (removal) =>
        removal.end > begin &&
        removal.begin < until &&
        (removal.kind === "delete" || later >= (removal.keep ?? 0)),
    );
  }

  isGone({ end }: Put): boolean {
    return this.#removals.some(
      ({ kind, outcome, begin }) => kind === "delete" && outcome === "done" && begin > end,
    );
  }

  stays(id: string): boolean {
    const put = this.#byId.get(id);
    return put !== undefined && this.isOwed(put);
  }

  /** Checkpoints with writes that have to be there. */
  owedWrites(): string[] {
    return this.#operations
      .filter(({ kind, outcome }) => kind === "writes" && outcome === "done")
      .flatMap(({ id }) => (id !== undefined && this.stays(id) ? [id] : []));
  }
}

function putOf({ kind, id, begin, end, outcome }: Operation): Put[] {
  if (kind !== "put" || id === undefined) return [];
  return [{ id, begin, end: outcome === "done" ? end : Infinity }];
}

/** What a copy has: all that was there when it was begun, and perhaps what came until it was done. */
function copiedBy({ begin, end, outcome }: Operation, source: History): Put[] {
  return source.puts
    .filter((put) => put.begin < end)
    .map((put) => {
      const certain = outcome === "done" && put.end < begin && source.isOwed(put, end);
      return { id: put.id, begin, end: certain ? end : Infinity };
    });
}
