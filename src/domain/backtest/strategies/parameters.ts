import { z } from "zod";
import type { ParamsSchema } from "../strategy.ts";

/** One parameter of a strategy, as a list or a form shows it. */
export const parameterSchema = z.object({
  name: z.string(),
  type: z.string().describe("integer, number, boolean or string"),
  default: z.union([z.number(), z.string(), z.boolean(), z.null()]),
  minimum: z.number().nullable(),
  maximum: z.number().nullable(),
  values: z.array(z.string()).nullable().describe("Where only some are allowed"),
  description: z.string(),
});

export type Parameter = z.output<typeof parameterSchema>;

/** The parameters of a strategy, in the order of its schema. */
export function parametersOf(params: ParamsSchema): Parameter[] {
  const { properties = {} } = z.toJSONSchema(params, { io: "input", unrepresentable: "any" });
  return Object.entries(properties).map(([name, one]) => {
    const property = typeof one === "object" ? one : {};
    const { type, description = "", enum: values } = property;
    return {
      name,
      type: typeof type === "string" ? type : "string",
      default: plain(property.default),
      minimum: bound(property.minimum ?? property.exclusiveMinimum),
      maximum: bound(property.maximum ?? property.exclusiveMaximum),
      values: values === undefined ? null : values.map(String),
      description,
    };
  });
}

function plain(value: unknown): Parameter["default"] {
  return typeof value === "number" || typeof value === "string" || typeof value === "boolean" ? value : null;
}

/** Zod bounds every integer by those that a number holds exactly; nobody asked for that bound. */
function bound(value: unknown): number | null {
  return typeof value !== "number" || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? null : value;
}
