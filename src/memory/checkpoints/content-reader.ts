import { FinAgentError } from "../../domain/errors.ts";
import type { RecordStore } from "../records/record-store.ts";
import { Content } from "./content.ts";
import { rowsIn } from "./list-rows.ts";
import type { Ref } from "./stored-value.ts";
import { contentKey, threadPartition } from "./thread-keys.ts";
import type { ThreadMemory } from "./thread-memory.ts";
import { unpackWith } from "./unpack.ts";

/** Keys in one request. */
const MOST_KEYS = 2_000;

/** Puts values of a thread together again; one request per level of their trees, however many values are asked for. */
export class ContentReader {
  readonly #store: RecordStore;
  readonly #thread: string;
  readonly #memory: ThreadMemory | undefined;
  readonly #fetched = new Map<string, Content>();
  readonly #missing = new Set<string>();

  /** @param memory learns what is read; of an epoch that was read before */
  constructor(store: RecordStore, thread: string, memory?: ThreadMemory) {
    this.#store = store;
    this.#thread = thread;
    this.#memory = memory;
  }

  /** Of all contents that were fetched. */
  get hashes(): Iterable<string> {
    return this.#fetched.keys();
  }

  /**
   * Values, of new objects.
   * @throws ContentGone
   */
  async read(refs: readonly Ref[]): Promise<unknown[]> {
    // What LangChain made, for each time that a content occurs.
    const made = new Map<Content, unknown[][]>();
    for (;;) {
      const late: Content[] = [];
      const values = await this.#whole(refs, (content) => {
        const objects = content.isTree ? [] : made.get(content)?.pop();
        if (objects !== undefined) return content.make(objects);
        late.push(content);
        return undefined;
      });
      if (late.length === 0) return values;
      made.clear();
      for (const content of late) {
        made.set(content, [...(made.get(content) ?? []), await content.objects()]);
      }
    }
  }

  /**
   * Fetches all that these values consist of.
   * @throws ContentGone
   */
  async fetch(refs: readonly Ref[]): Promise<void> {
    await this.#whole(refs, () => undefined);
  }

  /** Tries, fetches what was missing, and tries again: each time one level deeper, until nothing is missing. */
  async #whole(refs: readonly Ref[], make: Make): Promise<unknown[]> {
    for (;;) {
      const values = refs.map((ref) => this.#value(ref, make));
      if (this.#missing.size === 0) return values;
      await this.#fetchContents(Array.from(this.#missing));
      this.#missing.clear();
    }
  }

  #value(ref: Ref, make: Make): unknown {
    if (typeof ref === "string") {
      const content = this.#content(ref);
      return content === undefined ? undefined : make(content);
    }
    if ("l" in ref) return this.#list(ref.l, make);
    if (!("m" in ref)) return unpackWith(ref[0], []);
    const fields = Object.entries((this.#content(ref.m)?.json ?? {}) as Record<string, Ref>);
    return Object.fromEntries(fields.map(([field, inner]) => [field, this.#value(inner, make)]));
  }

  #list(tails: readonly (readonly Ref[])[], make: Make): unknown[] {
    const known = this.#memory?.listWith(tails);
    const rows = known?.rows ?? rowsIn(tails, (hash) => (this.#content(hash)?.json ?? []) as Ref[]);
    const stored = known?.stored ?? [];
    const list = (rows[0] ?? []).map((ref, i) => {
      if (typeof ref !== "string") return this.#value(ref, make);
      const before = stored[i];
      const content = before instanceof Content ? before : this.#content(ref);
      stored[i] = content;
      return content === undefined ? undefined : make(content);
    });
    if (this.#missing.size === 0) this.#memory?.learnList({ rows, stored });
    return list;
  }

  #content(hash: string): Content | undefined {
    const content = this.#memory?.content(hash) ?? this.#fetched.get(hash);
    if (content === undefined) this.#missing.add(hash);
    return content;
  }

  async #fetchContents(hashes: readonly string[]): Promise<void> {
    for (let from = 0; from < hashes.length; from += MOST_KEYS) {
      const some = hashes.slice(from, from + MOST_KEYS);
      const values = await this.#store.get(threadPartition(this.#thread), some.map(contentKey));
      for (const [k, hash] of some.entries()) {
        const value = values[k] ?? null;
        if (value === null) throw new ContentGone(this.#thread, hash);
        this.#fetched.set(hash, new Content(Buffer.from(value).toString()));
      }
    }
    this.#memory?.learn(this.#fetched);
  }
}

type Make = (content: Content) => unknown;

/** The checkpoint was pruned or the thread deleted while it was read; otherwise the store was damaged. */
export class ContentGone extends FinAgentError {
  constructor(thread: string, content: string) {
    super("STORE_CORRUPT", `A checkpoint of thread "${thread}" names content that is not in the store.`, {
      hint: "The records were damaged from outside: begin another thread, or restore the store from a copy.",
      details: { thread, content },
    });
  }
}
