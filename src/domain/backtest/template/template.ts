import { z } from "zod";
import { conditionSchema } from "./condition.ts";
import { macdProblems } from "./macd-periods.ts";
import { templateParameterSchema } from "./parameter.ts";
import { referenceProblems } from "./references.ts";

/**
 * A strategy as data: parameters, and rules over prices and indicators. See docs/strategies.md.
 */
export const templateSchema = z
  .strictObject({
    name: z.string().min(1).max(64),
    description: z.string().min(1).max(200),
    parameters: z
      .record(z.string().regex(/^[A-Za-z]\w*$/, "must be letters, digits and _"), templateParameterSchema)
      .default({}),
    long: conditionSchema.optional(),
    short: conditionSchema.optional(),
    exit: conditionSchema.optional(),
  })
  .superRefine(({ parameters, long, short, exit }, context) => {
    if (long === undefined && short === undefined) {
      context.addIssue({
        code: "custom",
        path: ["long"],
        message: "is missing, and so is short: one of them is needed",
      });
    }
    const rules = { long, short, exit };
    const defaults = Object.fromEntries(Object.entries(parameters).map(([name, one]) => [name, one.default]));
    for (const problem of [...referenceProblems(rules, parameters), ...macdProblems(rules, defaults)]) {
      context.addIssue({ code: "custom", path: [...problem.path], message: problem.message });
    }
  });
