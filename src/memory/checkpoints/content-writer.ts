import { hash } from "node:crypto";
import type { RecordEntry } from "../records/record-store.ts";
import { Content } from "./content.ts";
import { rowsOf, type StoredList, tailsOf } from "./list-rows.ts";
import { isPlainObject, pack, plainOf } from "./pack.ts";
import { isLonger } from "./is-longer.ts";
import { INLINE_LENGTH, type Ref, SPLIT_LENGTH } from "./stored-value.ts";
import type { ThreadMemory } from "./thread-memory.ts";
import { contentKey } from "./thread-keys.ts";

/** 132 bits of SHA-256: contents are told apart within one thread. */
const HASH_LENGTH = 22;

/** A list of messages that is sent to a node stands at depth 3. Deeper parts are kept with what holds them. */
const DEEPEST_SPLIT = 6;

/** Takes values apart for one write of a thread, and collects the contents that are not stored yet. */
export class ContentWriter {
  readonly #memory: ThreadMemory;
  readonly #contents = new Map<string, string>();
  readonly #lists: StoredList[] = [];

  constructor(memory: ThreadMemory) {
    this.#memory = memory;
  }

  /** Where a value is to be found once `records` are written. */
  place(value: unknown, depth = 0): Ref {
    const whole = plainOf(value);
    if (depth < DEEPEST_SPLIT && !hasOwnJson(whole)) {
      if (Array.isArray(whole) && isLonger(whole, INLINE_LENGTH)) return this.#list(whole, depth);
      if (isPlainObject(whole) && isLonger(whole, SPLIT_LENGTH)) return this.#fields(whole, depth);
    }
    const text = JSON.stringify(pack(whole));
    // Parsed, it is nobody else's and stays as it is.
    return text.length <= INLINE_LENGTH ? [JSON.parse(text) as unknown] : this.#content(text);
  }

  records(): RecordEntry[] {
    return Array.from(this.#contents, ([hashed, text]) => ({
      key: contentKey(hashed),
      value: Buffer.from(text),
    }));
  }

  /** To be called when the records are written. */
  commit(memory: ThreadMemory): void {
    memory.learn(Array.from(this.#contents, ([hashed, text]) => [hashed, new Content(text)] as const));
    for (const list of this.#lists) memory.learnList(list);
  }

  #list(list: readonly unknown[], depth: number): Ref {
    const first = this.place(list[0], depth + 1);
    const state = rowsOf(list, first, this.#memory.listFrom(first), {
      element: (value) => this.place(value, depth + 1),
      stretch: (refs) => this.#content(JSON.stringify(refs)),
      stored: (ref) => this.#memory.stored(ref),
    });
    this.#lists.push(state);
    return { l: tailsOf(state) };
  }

  #fields(value: Record<string, unknown>, depth: number): Ref {
    const refs = Object.entries(value)
      .filter(([, held]) => typeof held !== "function" && typeof held !== "symbol")
      .map(([field, held]) => [field, this.place(held, depth + 1)]);
    return { m: this.#content(JSON.stringify(Object.fromEntries(refs))) };
  }

  #content(text: string): string {
    const hashed = hash("sha256", text, "base64url").slice(0, HASH_LENGTH);
    if (this.#memory.content(hashed) === undefined) this.#contents.set(hashed, text);
    return hashed;
  }
}

function hasOwnJson(value: unknown): boolean {
  return (
    typeof value === "object" && value !== null && "toJSON" in value && typeof value.toJSON === "function"
  );
}
