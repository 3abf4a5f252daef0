import { z } from "zod";

/** A field that two values do not share; undefined where it is missing. */
export const differenceSchema = z.object({
  field: z.string().describe("Its path, e.g. metrics.sharpe or steps.2.summary"),
  a: z.unknown().optional(),
  b: z.unknown().optional(),
});

export type Difference = z.output<typeof differenceSchema>;

/** Every field in which two JSON values differ, in the order of the first. */
export function differences(a: unknown, b: unknown, field = ""): Difference[] {
  if (Object.is(a, b)) return [];
  if (!isTree(a) || !isTree(b) || Array.isArray(a) !== Array.isArray(b)) {
    return [{ field, ...(a === undefined ? {} : { a }), ...(b === undefined ? {} : { b }) }];
  }
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Array.from(names).flatMap((name) =>
    differences(Reflect.get(a, name), Reflect.get(b, name), field === "" ? name : `${field}.${name}`),
  );
}

function isTree(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
