import { z } from "zod";
import { assessAlpha } from "../domain/alpha/assess.ts";
import { alphaReportSchema } from "../domain/alpha/report.ts";
import { decisionView } from "../domain/market/decision-view.ts";
import { alphaPolicySchema } from "../domain/policy/alpha.ts";
import { symbolsSchema } from "../domain/run/symbols-input.ts";
import { defineTool } from "./tool.ts";

export const scoreAlphaTool = defineTool({
  name: "score_alpha",
  description:
    "Score symbols of a data set in [-1, 1] by an alpha policy, with the evidence of each factor. Without a policy the agent's own is used.",
  access: "read",
  byPolicy: true,
  input: z.object({
    dataSetId: z.string(),
    symbols: symbolsSchema.optional().describe("Default: all of the data set"),
    policy: alphaPolicySchema.optional(),
  }),
  output: alphaReportSchema,
  run: async (ctx, input) => {
    const dataSet = await ctx.artifacts.get("data-set", input.dataSetId);
    return assessAlpha(decisionView(dataSet, ctx.asOf), {
      policy: input.policy ?? ctx.policies.alpha,
      dataSetId: dataSet.id,
      factors: ctx.factors,
      ...(input.symbols === undefined ? {} : { symbols: input.symbols }),
    });
  },
});
