import { Content } from "./content.ts";
import { rowsIn, type Stored, type StoredList, tailsOf } from "./list-rows.ts";
import { lookOfFields, lookOfList, UNKNOWN } from "./look.ts";
import type { Ref, StoredCheckpoint } from "./stored-value.ts";

/** Of what is remembered, in bytes; half of it lately used, half of it before that. */
const MOST_BYTES = 16e6;

/** Contents are kept parsed, and as values. */
const AROUND_EACH = 1_000;

const MOST_CHECKPOINTS = 16;

const MOST_LISTS = 64;

/**
 * What this process knows to be stored of a thread, as of an epoch: to be written once more where it is not known,
 * and forgotten as soon as a write finds another epoch.
 */
export class ThreadMemory {
  /** Null: the thread does not exist, and nothing is to be learned of it. */
  readonly epoch: Uint8Array | null;
  #contents = new Map<string, Content>();
  #bytes = 0;
  #before = new Map<string, Content>();
  #bytesBefore = 0;
  readonly #checkpoints = new Map<string, StoredCheckpoint>();
  /** As last stored or read, by where the first element is: a list that grew has the same, wherever in a state it stands. */
  readonly #lists = new Map<string, StoredList & { readonly tails: string }>();

  constructor(epoch: Uint8Array | null) {
    this.epoch = epoch;
  }

  /** About how much memory it takes. */
  get bytes(): number {
    return this.#bytes + this.#bytesBefore;
  }

  /** A content that is stored, where it is known. */
  content(hash: string): Content | undefined {
    const late = this.#contents.get(hash);
    if (late !== undefined) return late;
    const earlier = this.#before.get(hash);
    if (earlier !== undefined) this.#learn(hash, earlier);
    return earlier;
  }

  learn(contents: Iterable<readonly [hash: string, content: Content]>): void {
    if (this.epoch === null) return;
    for (const [hash, content] of contents) this.#learn(hash, content);
  }

  #learn(hash: string, content: Content): void {
    if (this.#contents.has(hash)) return;
    this.#contents.set(hash, content);
    this.#bytes += content.length + AROUND_EACH;
    if (this.#bytes <= MOST_BYTES / 2) return;
    [this.#before, this.#bytesBefore] = [this.#contents, this.#bytes];
    [this.#contents, this.#bytes] = [new Map<string, Content>(), 0];
    // They would keep what is to be forgotten.
    this.#lists.clear();
  }

  /** What a place names, as far as it is known. */
  stored(ref: Ref): Stored {
    if (typeof ref === "string") return this.content(ref) ?? { look: UNKNOWN };
    if ("l" in ref) {
      const rows = rowsIn(ref.l, (hash) => (this.content(hash)?.json ?? []) as Ref[]);
      return { look: lookOfList((rows[0] ?? []).map((inner) => this.stored(inner).look)) };
    }
    if (!("m" in ref)) return new Content(JSON.stringify(ref[0]));
    const fields = Object.entries((this.content(ref.m)?.json ?? {}) as Record<string, Ref>);
    const looks = fields.map(([, inner]) => this.stored(inner).look);
    return {
      look: lookOfFields(
        fields.map(([field]) => field),
        looks,
      ),
    };
  }

  checkpoint(key: string): StoredCheckpoint | undefined {
    return this.#checkpoints.get(key);
  }

  learnCheckpoint(key: string, stored: StoredCheckpoint): void {
    if (this.epoch !== null) remember(this.#checkpoints, key, stored, MOST_CHECKPOINTS);
  }

  /** The list as last stored that began with this element. */
  listFrom(first: Ref): StoredList | undefined {
    return this.#lists.get(JSON.stringify(first));
  }

  /** The list with these tails. */
  listWith(tails: StoredList["rows"]): StoredList | undefined {
    const text = JSON.stringify(tails);
    return this.#lists.values().find((list) => list.tails === text);
  }

  learnList({ rows, stored }: StoredList): void {
    if (this.epoch === null) return;
    const tails = JSON.stringify(tailsOf({ rows, stored }));
    remember(this.#lists, JSON.stringify(rows[0]?.[0]), { rows, stored, tails }, MOST_LISTS);
  }
}

/** Puts an entry at the end of a map; the one that was put longest ago goes where there are too many. */
export function remember<K, V>(map: Map<K, V>, key: K, value: V, most: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= most) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
