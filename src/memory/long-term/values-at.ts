/** The path of the whole value. */
export const WHOLE = "$";

/**
 * What stands at a path of a value: `title`, `meta.title`, `parts[*].text`, `names[0]`, `names[-1]`; `$` is the
 * whole. Nothing where the path leads nowhere.
 */
export function valuesAt(value: unknown, path: string): unknown[] {
  if (path === WHOLE) return [value];
  const steps = path.match(/[^.[\]]+|\[[^\]]*\]/g) ?? [];
  return steps.reduce<unknown[]>((held, step) => held.flatMap((one) => follow(one, step)), [value]);
}

function follow(value: unknown, step: string): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  if (!step.startsWith("[")) {
    return !Array.isArray(value) && Object.hasOwn(value, step) ? [Reflect.get(value, step)] : [];
  }
  if (!Array.isArray(value)) return [];
  const items: readonly unknown[] = value;
  const index = step.slice(1, -1);
  if (index === "*") return [...items];
  return /^-?\d+$/.test(index) ? items.slice(Number(index)).slice(0, 1) : [];
}

/** The text that a model embeds: objects as JSON; null has none. */
export function textOf(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  return [typeof value === "string" ? value : JSON.stringify(value, null, 2)];
}

/** All texts, numbers and flags in a value, without the names of its fields. */
export function leavesOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return textOf(value);
  return Object.values(value).flatMap(leavesOf);
}
