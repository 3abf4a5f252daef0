import { z } from "zod";
import type { ParamsSchema } from "../strategy.ts";
import type { Problem } from "./problem.ts";

const description = z.string().max(200).optional();

const bounded = { default: z.number(), minimum: z.number(), maximum: z.number(), description };

const integerSchema = z.strictObject({
  type: z.literal("integer"),
  default: z.int(),
  minimum: z.int(),
  maximum: z.int(),
  description,
});

const numberSchema = z.strictObject({ type: z.literal("number"), ...bounded });

const booleanSchema = z.strictObject({ type: z.literal("boolean"), default: z.boolean(), description });

/** A template's parameter: what it may be, and what it is where nobody says. */
export const templateParameterSchema = z
  .discriminatedUnion("type", [integerSchema, numberSchema, booleanSchema], {
    error: (issue) => (issue.code === "invalid_union" ? "must be integer, number or boolean" : undefined),
  })
  .superRefine((parameter, context) => {
    if (parameter.type === "boolean") return;
    const { default: value, minimum, maximum } = parameter;
    if (value >= minimum && value <= maximum) return;
    context.addIssue({
      code: "custom",
      path: ["default"],
      message: `must be from minimum ${minimum} to maximum ${maximum}`,
    });
  });

export type TemplateParameter = z.output<typeof templateParameterSchema>;

/**
 * The schema of the values that a run may give for parameters.
 * @param problems what is wrong with values that fit one by one, by parameter
 */
export function valuesSchema(
  parameters: Readonly<Record<string, TemplateParameter>>,
  problems: (values: Readonly<Record<string, unknown>>) => readonly Problem[],
): ParamsSchema {
  return z
    .strictObject(
      Object.fromEntries(Object.entries(parameters).map(([name, one]) => [name, valueSchema(one)])),
    )
    .superRefine((values, context) => {
      for (const { path, message } of problems(values)) {
        context.addIssue({ code: "custom", path: [...path], message });
      }
    });
}

function valueSchema(parameter: TemplateParameter): z.ZodType {
  const told = parameter.description ?? "";
  if (parameter.type === "boolean") return z.boolean().default(parameter.default).describe(told);
  const { default: value, minimum, maximum } = parameter;
  const number = parameter.type === "integer" ? z.int() : z.number();
  return number.min(minimum).max(maximum).default(value).describe(told);
}
