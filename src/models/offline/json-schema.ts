import { z } from "zod";

/** As much of a JSON schema as is needed to fill an object. */
const objectSchema = z.object({
  type: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
});

/**
 * An object with the schema's properties, each taken by its name from the first source that has it (at most two
 * levels down), nested objects filled likewise.
 * @returns undefined where a required property is found nowhere
 */
export function fillSchema(
  schema: unknown,
  sources: readonly unknown[],
): Record<string, unknown> | undefined {
  const parsed = objectSchema.safeParse(schema);
  if (!parsed.success) return undefined;
  const filled: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(parsed.data.properties)) {
    const value = find(name, sources, 2) ?? fillNested(property, sources);
    if (value !== undefined) filled[name] = value;
    else if (parsed.data.required.includes(name)) return undefined;
  }
  return filled;
}

function fillNested(property: unknown, sources: readonly unknown[]): Record<string, unknown> | undefined {
  const parsed = objectSchema.safeParse(property);
  if (!parsed.success || parsed.data.type !== "object" || parsed.data.required.length === 0) return undefined;
  return fillSchema(property, sources);
}

function find(name: string, sources: readonly unknown[], depth: number): unknown {
  const objects = sources.filter((source) => isObject(source));
  for (const source of objects) if (source[name] !== undefined) return source[name];
  if (depth === 0) return undefined;
  for (const source of objects) {
    const inner = find(name, Object.values(source), depth - 1);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
