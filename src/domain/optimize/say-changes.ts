import type { PolicyChange } from "./policy-changes.ts";

const FACTOR = /^factors\.(.+)$/;

/** Changes of a policy for people, what went last: `reversal.lookbackBars 5 -> 42`, `without momentum, trend`. */
export function sayChanges(changes: readonly PolicyChange[]): string[] {
  const gone = changes.flatMap(({ field, to }) => (to === null ? [shortName(field)] : []));
  const kept = changes.flatMap(({ field, from, to }) => {
    if (to === null) return [];
    const name = shortName(field);
    return [from === null ? `${name}: ${sayValue(to)}` : `${name} ${sayValue(from)} -> ${sayValue(to)}`];
  });
  return [...kept, ...(gone.length === 0 ? [] : [`without ${gone.join(", ")}`])];
}

/** A value of a policy for people: `lookbackBars 42, weight 0.5`. */
export function sayValue(value: unknown): string {
  if (value === null) return "none";
  if (typeof value === "string") return value;
  if (typeof value !== "object") return JSON.stringify(value);
  return Object.entries(value)
    .map(([field, inner]) => `${field} ${sayValue(inner)}`)
    .join(", ");
}

function shortName(field: string): string {
  return FACTOR.exec(field)?.[1] ?? field;
}
