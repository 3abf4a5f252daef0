import { z } from "zod";
import { decisionView } from "../domain/market/decision-view.ts";
import { constraintsSchema } from "../domain/policy/constraints.ts";
import { knownBenchmark } from "../domain/policy/rolling.ts";
import { measureRisk } from "../domain/risk/measure.ts";
import { riskReportSchema } from "../domain/risk/report.ts";
import { symbolsSchema } from "../domain/run/symbols-input.ts";
import { defineTool } from "./tool.ts";

export const measureRiskTool = defineTool({
  name: "measure_risk",
  description:
    "Measure the risk of a book of a data set's symbols (equal weight unless weights are given): volatility, VaR and ES, drawdown, beta, stress losses, a level with reasons, and the exposure that the risk policy allows.",
  access: "read",
  byPolicy: true,
  input: z.object({
    dataSetId: z.string(),
    symbols: symbolsSchema.optional().describe("Default: all of the data set"),
    weights: z.record(z.string(), z.number()).optional().describe("Fractions of equity by symbol"),
    constraints: constraintsSchema.default({}),
  }),
  output: riskReportSchema,
  run: async (ctx, input) => {
    const dataSet = await ctx.artifacts.get("data-set", input.dataSetId);
    const view = decisionView(dataSet, ctx.asOf);
    return measureRisk(view, {
      policy: ctx.policies.risk,
      dataSetId: dataSet.id,
      benchmark: knownBenchmark(dataSet, view.asOf),
      constraints: input.constraints,
      ...(input.symbols === undefined ? {} : { symbols: input.symbols }),
      ...(input.weights === undefined ? {} : { weights: input.weights }),
    });
  },
});
