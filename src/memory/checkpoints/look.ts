import { messageClassOf } from "./message-classes.ts";
import { isPlainObject } from "./pack.ts";

/** Of a message: its class, and the first arguments of its constructor; it itself holds the present state. */
const FIXED = new Set(["lc_namespace", "lc_kwargs"]);

/** In place of what is not looked at. */
const ANY = Symbol("any");

/** The look of what cannot be told from outside, e.g. of a Map: nothing has it. */
export const UNKNOWN = Symbol("unknown");

/** How a list, a plain object or a message looks, with all that it holds: in place of objects stand their looks. */
class ObjectLook {
  /** Null: a list. */
  readonly prototype: object | null;
  readonly keys: readonly string[];
  readonly values: readonly unknown[];

  constructor(prototype: object | null, keys: readonly string[], values: readonly unknown[]) {
    this.prototype = prototype;
    this.keys = keys;
    this.values = values;
  }
}

const NONE: readonly unknown[] = [];
const EMPTY_LIST = new ObjectLook(null, [], NONE);
const EMPTY_OBJECT = new ObjectLook(Object.prototype, [], NONE);

/** From the looks of its elements. */
export const lookOfList = (elements: readonly unknown[]): unknown =>
  elements.length === 0 ? EMPTY_LIST : new ObjectLook(null, [], elements);

/** Of a plain object, from the looks of its fields. */
export const lookOfFields = (fields: readonly string[], looks: readonly unknown[]): unknown =>
  fields.length === 0 ? EMPTY_OBJECT : new ObjectLook(Object.prototype, fields, looks);

/** @param value a tree: no part contains itself */
export function lookOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return lookOfList(value.map(lookOf));
  const keys = Object.keys(value);
  const held: unknown[] = Object.values(value);
  if (isPlainObject(value)) return lookOfFields(keys, held.map(lookOf));
  if (messageClassOf(value) === undefined) return UNKNOWN;
  const looks = held.map((part, k) => (FIXED.has(keys[k] ?? "") ? ANY : lookOf(part)));
  return new ObjectLook(Object.getPrototypeOf(value) as object, keys, looks);
}

/** Whether a value looks so, to the last part; whether parts of it are one object twice is not seen. */
export function looksLike(value: unknown, look: unknown): boolean {
  if (Object.is(value, look)) return true;
  if (look instanceof ObjectLook) return typeof value === "object" && value !== null && hasLook(value, look);
  return look === ANY;
}

function hasLook(value: object, { prototype, keys, values }: ObjectLook): boolean {
  let k = 0;
  if (prototype === null) {
    if (!Array.isArray(value) || value.length !== values.length) return false;
    for (; k < values.length; k += 1) if (!looksLike(value[k], values[k])) return false;
    return true;
  }
  if (Object.getPrototypeOf(value) !== prototype) return false;
  // Half the time of a list of the keys.
  for (const key in value) {
    if (key !== keys[k] || !looksLike((value as Record<string, unknown>)[key], values[k])) return false;
    k += 1;
  }
  return k === keys.length;
}
