import { isDeltaSnapshot } from "@langchain/langgraph-checkpoint";
import { FinAgentError } from "../../domain/errors.ts";
import { fieldsOf, messageClassOf } from "./message-classes.ts";

/** What JSON cannot say stands in an object with this one key; such an object of a user's own is escaped by `plain`. */
export const TAGS = {
  number: "$number",
  bigint: "$bigint",
  undefined: "$undefined",
  /** The n-th object of the value, counted as they begin. */
  same: "$same",
  plain: "$plain",
  date: "$date",
  map: "$map",
  set: "$set",
  bytes: "$bytes",
  regExp: "$regexp",
  error: "$error",
  delta: "$delta",
  message: "$message",
  /** Any other object of LangChain's that can be serialised, as JSON in LangChain's own form. */
  langChain: "$lc",
} as const;

/**
 * A value in terms of JSON, of whose parts it may be made, without loss: Map, Set, Date, bytes, bigint, undefined, NaN, infinities, -0, errors,
 * messages, and objects that occur twice or within themselves. Functions and symbols are left out as JSON does, and
 * an object of any other class becomes a plain one.
 */
export function pack(value: unknown): unknown {
  return new Packer().pack(value);
}

class Packer {
  readonly #seen = new Map<object, number>();
  /** Objects whose constructor needs its parts first: nothing within can refer to them. */
  readonly #open = new Set<object>();

  pack(value: unknown): unknown {
    switch (typeof value) {
      case "string":
      case "boolean":
        return value;
      case "number":
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : { [TAGS.number]: Object.is(value, -0) ? "-0" : String(value) };
      case "bigint":
        return { [TAGS.bigint]: String(value) };
      case "undefined":
      case "function":
      case "symbol":
        return { [TAGS.undefined]: 1 };
      case "object":
        return value === null ? null : this.#object(value);
    }
  }

  #object(value: object): unknown {
    const earlier = this.#seen.get(value);
    if (earlier !== undefined) {
      if (this.#open.has(value)) throw circular(value);
      return { [TAGS.same]: earlier };
    }
    const json: unknown = Reflect.get(value, "toJSON");
    const plain = plainOf(value);
    if (plain !== value) return this.pack(plain);
    const isPlain = Array.isArray(value) || isPlainObject(value);
    if (typeof json === "function" && (isPlain || !isKnown(value))) {
      return Reflect.get(value, "lc_serializable") === true
        ? { [TAGS.langChain]: JSON.stringify(value) }
        : this.pack(Reflect.apply(json, value, []));
    }
    this.#seen.set(value, this.#seen.size);
    if (Array.isArray(value)) return this.#list(value);
    if (isPlain) return this.#plain(value);
    return this.#instance(value);
  }

  #instance(value: object): unknown {
    const name = messageClassOf(value);
    if (name !== undefined) {
      this.#open.add(value);
      const { given, set } = fieldsOf(value);
      const parts = [name, this.pack(given), this.pack(set)];
      this.#open.delete(value);
      return { [TAGS.message]: parts };
    }
    if (value instanceof Date) return { [TAGS.date]: this.pack(value.getTime()) };
    if (value instanceof Map) {
      return { [TAGS.map]: Array.from(value, ([key, held]) => [this.pack(key), this.pack(held)]) };
    }
    if (value instanceof Set) return { [TAGS.set]: Array.from(value, (held) => this.pack(held)) };
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return { [TAGS.bytes]: bytesOf(value) };
    if (value instanceof RegExp) return { [TAGS.regExp]: [value.source, value.flags] };
    if (value instanceof Error) {
      const { name: called, message, cause } = value;
      const own = Object.fromEntries(Object.entries(value));
      return { [TAGS.error]: [called, message, this.pack(cause), this.pack(own)] };
    }
    if (isDeltaSnapshot(value)) return { [TAGS.delta]: this.pack(value.value) };
    return this.#plain(value);
  }

  #list(list: readonly unknown[]): unknown[] {
    let packed: unknown[] | undefined;
    for (let i = 0; i < list.length; i += 1) {
      const part = this.pack(list[i]);
      if (packed === undefined && (part !== list[i] || part === undefined)) packed = list.slice(0, i);
      packed?.push(part);
    }
    return packed ?? (list as unknown[]);
  }

  #plain(value: object): unknown {
    const entries: [string, unknown][] = [];
    let changed = !isPlainObject(value);
    for (const [key, held] of Object.entries(value) as [string, unknown][]) {
      if (typeof held === "function" || typeof held === "symbol") {
        changed = true;
        continue;
      }
      const part = this.pack(held);
      changed ||= part !== held;
      entries.push([key, part]);
    }
    const [only] = entries;
    if (entries.length === 1 && only?.[0].startsWith("$") === true) return { [TAGS.plain]: only };
    return changed ? Object.fromEntries(entries) : value;
  }
}

/** A task that was sent to a node as the plain object as which LangGraph takes it; all else as it is. */
export function plainOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null || isPlainObject(value)) return value;
  if (Reflect.get(value, "lg_name") !== "Send") return value;
  const { node, args, timeout } = value as { node?: unknown; args?: unknown; timeout?: unknown };
  return timeout === undefined ? { node, args } : { node, args, timeout };
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Kinds that are kept better than their own `toJSON` would. */
function isKnown(value: object): boolean {
  return (
    messageClassOf(value) !== undefined ||
    value instanceof Date ||
    value instanceof Error ||
    ArrayBuffer.isView(value)
  );
}

function bytesOf(value: ArrayBufferView | ArrayBuffer): [string, string] {
  const bytes =
    value instanceof ArrayBuffer
      ? Buffer.from(value)
      : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return [Buffer.isBuffer(value) ? "Buffer" : value.constructor.name, bytes.toString("base64")];
}

function circular(value: object): FinAgentError {
  return new FinAgentError("INTERNAL", `A ${value.constructor.name} in the graph's state contains itself.`, {
    hint: "Keep an id of it instead.",
  });
}
