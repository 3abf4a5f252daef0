import { load } from "@langchain/core/load";
import { DeltaSnapshot } from "@langchain/langgraph-checkpoint";
import { makeMessage } from "./message-classes.ts";
import { TAGS } from "./pack.ts";

type Json = Record<string, unknown>;

/** The value that was packed, of new objects; what it was packed to stays as it is. */
export async function unpack(json: unknown): Promise<unknown> {
  return unpackWith(json, await objectsOf(json));
}

/** @param objects of `objectsOf`: no others' */
export function unpackWith(json: unknown, objects: readonly unknown[]): unknown {
  return new Unpacker(objects).unpack(json);
}

/** Whether `unpackTree` suffices for what stands in a text. */
export function isTree(text: string): boolean {
  return !text.includes(`"${TAGS.langChain}"`) && !text.includes(`"${TAGS.same}"`);
}

/** Of a value in which nothing occurs twice, and that LangChain makes no part of. */
export function unpackTree(json: unknown): unknown {
  return TREES.unpack(json);
}

/** LangChain makes its objects asynchronously: they are made first, in the order in which they stand. */
export async function objectsOf(json: unknown): Promise<unknown[]> {
  const texts: string[] = [];
  const visit = (part: unknown): void => {
    if (typeof part !== "object" || part === null) return;
    const text: unknown = tagOf(part) === TAGS.langChain ? Reflect.get(part, TAGS.langChain) : undefined;
    if (typeof text === "string") texts.push(text);
    else for (const inner of Object.values(part)) visit(inner);
  };
  visit(json);
  return Promise.all(texts.map(async (text) => load<unknown>(text)));
}

class Unpacker {
  readonly #objects: Iterator<unknown>;
  /** Null: nobody refers to them. */
  readonly #begun: unknown[] | null;

  constructor(objects: readonly unknown[], begun: unknown[] | null = []) {
    this.#objects = objects.values();
    this.#begun = begun;
  }

  unpack(json: unknown): unknown {
    if (typeof json !== "object" || json === null) return json;
    if (Array.isArray(json)) {
      const list = this.#begin<unknown[]>(json.slice());
      for (let i = 0; i < list.length; i += 1) list[i] = this.unpack(list[i]);
      return list;
    }
    const tag = tagOf(json);
    if (tag !== undefined) return this.#tagged(tag, Reflect.get(json, tag));
    return this.#within(this.#begin({ ...json }));
  }

  #within<T extends Json>(holder: T): T {
    for (const key of Object.keys(holder)) {
      const part: unknown = holder[key];
      if (typeof part !== "object" || part === null) continue;
      const value = this.unpack(part);
      // A key like any other; assigned, it would be taken for the prototype.
      if (key === "__proto__") Object.defineProperty(holder, key, { value });
      else (holder as Json)[key] = value;
    }
    return holder;
  }

  #tagged(tag: string, json: unknown): unknown {
    switch (tag) {
      case TAGS.number:
        return Number(json);
      case TAGS.bigint:
        return BigInt(String(json));
      case TAGS.undefined:
        return undefined;
      case TAGS.same:
        return this.#begun?.[Number(json)];
      case TAGS.langChain:
        return this.#objects.next().value;
      case TAGS.date:
        return this.#begin(new Date(Number(this.unpack(json))));
      case TAGS.bytes:
        return this.#begin(viewOf(json as [string, string]));
      case TAGS.regExp: {
        const [source, flags] = json as [string, string];
        return this.#begin(new RegExp(source, flags));
      }
      case TAGS.map: {
        const map = this.#begin(new Map<unknown, unknown>());
        for (const [key, held] of json as [unknown, unknown][]) map.set(this.unpack(key), this.unpack(held));
        return map;
      }
      case TAGS.set: {
        const set = this.#begin(new Set<unknown>());
        for (const held of json as unknown[]) set.add(this.unpack(held));
        return set;
      }
      default:
        return this.#made(tag, json as unknown[]);
    }
  }

  #made(tag: string, json: unknown[]): unknown {
    const place = this.#begun === null ? 0 : this.#begun.push(undefined) - 1;
    switch (tag) {
      case TAGS.plain: {
        const [key, held] = json;
        return this.#within(this.#put(place, { [String(key)]: held }));
      }
      case TAGS.delta: {
        const snapshot = this.#put(place, new DeltaSnapshot<unknown>(undefined));
        snapshot.value = this.unpack(json);
        return snapshot;
      }
      case TAGS.error: {
        const [name, message, cause, own] = json;
        const error = this.#put(place, new Error(String(message)));
        const why = this.unpack(cause);
        if (why !== undefined) error.cause = why;
        Object.assign(error, this.unpack(own));
        if (error.name !== name) Object.defineProperty(error, "name", { value: name, configurable: true });
        return error;
      }
      case TAGS.message: {
        const [name, given, set] = json;
        const [arguments_, later] = [this.unpack(given), this.unpack(set)] as [Json, Json];
        return this.#put(place, makeMessage(String(name), arguments_, later));
      }
      default:
        throw new TypeError(`A stored value has the unknown mark ${tag}: a later version wrote it.`);
    }
  }

  #begin<T>(value: T): T {
    this.#begun?.push(value);
    return value;
  }

  #put<T>(place: number, value: T): T {
    if (this.#begun !== null) this.#begun[place] = value;
    return value;
  }
}

const TREES = new Unpacker([], null);

function tagOf(json: object): string | undefined {
  let only: string | undefined;
  for (const key in json) {
    if (only !== undefined) return undefined;
    only = key;
  }
  return only?.startsWith("$") === true ? only : undefined;
}

function viewOf([name, base64]: [string, string]): unknown {
  const held = Buffer.from(base64, "base64");
  if (name === "Buffer") return held;
  const bytes = new Uint8Array(held);
  if (name === "ArrayBuffer") return bytes.buffer;
  const view: unknown = Reflect.get(globalThis, name);
  if (typeof view !== "function") throw new TypeError(`There is no kind of bytes named ${name}.`);
  return Reflect.construct(view, [bytes.buffer]);
}
