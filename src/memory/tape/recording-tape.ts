import type { RunTape, TapedCall, TapedOutcome, TapedTurn } from "../../domain/run/run-tape.ts";
import type { Partition, RecordStore } from "../records/record-store.ts";
import { cachedAnswer, keepAnswer } from "./answer-cache.ts";
import { decodeEntry, encodeEntry, ordinalOf, TAPE, type TapeEntry, tapeKey } from "./tape-entry.ts";

export interface RecordingOptions {
  readonly records: () => Promise<RecordStore>;
  readonly runId: string;
  /** Whether answers of other runs to equal questions are taken in place of a call. */
  readonly cache: boolean;
  /** A run whose answers to equal questions are taken in place of calls, in the order in which it was given them. */
  readonly answersOf?: string;
}

/** A tape that is written, and what kept it from being written. */
export interface RecordingTape extends RunTape {
  /** Why calls are missing on the tape; null where it is whole. */
  fault(): string | null;
}

/**
 * Records the calls of a run. What the run was answered before it was interrupted is not asked a second time: each such
 * answer is given to the next equal question, once. A failure is no answer, and is asked again in its place.
 *
 * A store that fails costs the tape and never the run: see `fault`.
 */
export function recordingTape(options: RecordingOptions): RecordingTape {
  return new Recording(options);
}

interface Opened {
  readonly records: RecordStore;
  /** What was recorded before this process took the run up, by question, in order. */
  readonly earlier: Map<string, Earlier[]>;
  /** What another run was answered, so too. */
  readonly others: Map<string, TapeEntry[]>;
}

interface Earlier extends TapeEntry {
  readonly ordinal: number;
}

class Recording implements RecordingTape {
  readonly #options: RecordingOptions;
  readonly #run: Partition;
  #opened: Promise<Opened | null> | undefined;
  #ordinal = 0;
  #fault: string | null = null;

  constructor(options: RecordingOptions) {
    this.#options = options;
    this.#run = { kind: "run", id: options.runId };
  }

  fault(): string | null {
    return this.#fault;
  }

  async ask(call: TapedCall): Promise<TapedTurn> {
    const opened = await (this.#opened ??= this.#faultily(async () => this.#open()));
    if (opened === null) return { held: null, keep: () => Promise.resolve() };
    const { records, earlier, others } = opened;
    const before = earlier.get(call.key)?.shift();
    if (before !== undefined && "answer" in before.outcome) {
      const { outcome, cached } = before;
      await Promise.all([
        this.#append(records, this.#next(), { ...call, outcome, cached, again: true }),
        // The run may have ended between the two that `#keep` writes.
        cached ? undefined : this.#faultily(async () => keepAnswer(records, { ...before, again: false })),
      ]);
      return { held: outcome, cached };
    }
    // In the order of the questions, whenever their answers come.
    const ordinal = before?.ordinal ?? this.#next();
    const other = others.get(call.key)?.shift() ?? null;
    const held =
      other === null && this.#options.cache
        ? await this.#faultily(async () => cachedAnswer(records, call.key))
        : other;
    if (held !== null) {
      await this.#append(records, ordinal, { ...call, outcome: held.outcome, cached: true, again: false });
      return { held: held.outcome, cached: true };
    }
    return { held: null, keep: async (outcome) => this.#keep(records, ordinal, call, outcome) };
  }

  async #keep(records: RecordStore, ordinal: number, call: TapedCall, outcome: TapedOutcome): Promise<void> {
    const entry = { ...call, outcome, cached: false, again: false };
    const answered = "answer" in outcome;
    await Promise.all([
      this.#append(records, ordinal, entry),
      answered ? this.#faultily(async () => keepAnswer(records, entry)) : undefined,
    ]);
  }

  async #append(records: RecordStore, ordinal: number, entry: TapeEntry): Promise<void> {
    const put = [{ key: tapeKey(ordinal), value: encodeEntry(entry) }];
    await this.#faultily(async () => records.write(this.#run, { put }));
  }

  #next(): number {
    return ++this.#ordinal;
  }

  async #open(): Promise<Opened> {
    const records = await this.#options.records();
    const earlier = new Map<string, Earlier[]>();
    for (const { key, value } of await records.range(this.#run, { prefix: TAPE })) {
      const ordinal = ordinalOf(key);
      this.#ordinal = Math.max(this.#ordinal, ordinal);
      const entry = decodeEntry(value);
      if (entry === null || entry.again) continue;
      earlier.set(entry.key, [...(earlier.get(entry.key) ?? []), { ...entry, ordinal }]);
    }
    return { records, earlier, others: await this.#answersOfOther(records) };
  }

  async #answersOfOther(records: RecordStore): Promise<Map<string, TapeEntry[]>> {
    const { answersOf } = this.#options;
    if (answersOf === undefined) return new Map();
    const kept = await records.range({ kind: "run", id: answersOf }, { prefix: TAPE });
    const entries = kept.flatMap(({ value }) => decodeEntry(value) ?? []);
    return Map.groupBy(
      entries.filter(({ outcome, again }) => "answer" in outcome && !again),
      ({ key }) => key,
    );
  }

  /** Null where the store failed, now or before. */
  async #faultily<T>(work: () => Promise<T>): Promise<T | null> {
    if (this.#fault !== null) return null;
    try {
      return await work();
    } catch (error) {
      this.#fault ??= error instanceof Error ? error.message : String(error);
      return null;
    }
  }
}
