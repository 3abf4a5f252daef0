import { FinAgentError } from "../errors.ts";

/**
 * A copy of a value with one field set, however deep; what is missing on the way is added.
 * @throws FinAgentError BAD_ARGUMENT where the way leads through something that has no fields
 */
export function setField(value: unknown, [name, ...rest]: readonly string[], to: unknown): unknown {
  if (name === undefined) return to;
  if (Array.isArray(value)) {
    return value.map((one: unknown, index) => (String(index) === name ? setField(one, rest, to) : one));
  }
  if (value !== undefined && (typeof value !== "object" || value === null)) {
    throw new FinAgentError(
      "BAD_ARGUMENT",
      `${name} cannot be set: ${JSON.stringify(value)} has no fields.`,
      {
        details: { field: name },
      },
    );
  }
  const fields: Record<string, unknown> = { ...value };
  return { ...fields, [name]: setField(fields[name], rest, to) };
}
