import { differences } from "../run/differences.ts";

/** One field of a policy that another has changed; null where it is not there. */
export interface PolicyChange {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

/**
 * The fields in which two policies of an agent differ, in the order of the first. Entries of a list that have names are
 * told by them, so that a factor that moved is no change: `factors.momentum.weight`; the second of a name is
 * `factors.momentum#2`.
 */
export function policyChanges(from: unknown, to: unknown): PolicyChange[] {
  return differences(byName(from), byName(to)).map(({ field, a, b }) => ({
    field,
    from: a ?? null,
    to: b ?? null,
  }));
}

function byName(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (!Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, byName(inner)]));
  }
  const items: readonly unknown[] = value;
  if (!items.every(hasName)) return items.map(byName);
  const named: Record<string, unknown> = {};
  for (const { name, ...rest } of items) {
    let key = name;
    for (let n = 2; key in named; n++) key = `${name}#${n}`;
    named[key] = byName(rest);
  }
  return named;
}

function hasName(item: unknown): item is { readonly name: string } {
  return typeof item === "object" && item !== null && "name" in item && typeof item.name === "string";
}
