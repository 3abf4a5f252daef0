import { briefOf, OPTIMIZE } from "../domain/optimize/brief.ts";
import { optimizeInputSchema } from "../domain/optimize/input.ts";
import { optimizeReportSchema } from "../domain/optimize/report.ts";
import { defineTool } from "./tool.ts";

/** A drawdown never rises above zero. */
const REACHABLE = {
  path: ["target"],
  message: "a maximum drawdown is negative: -0.1 is a fall by 10%",
};

const reachable = ({ metric, target }: { readonly metric: string; readonly target: number }): boolean =>
  metric !== "maxDrawdown" || target <= 0;

const askedSchema = optimizeInputSchema
  .pick({
    agent: true,
    metric: true,
    target: true,
    current: true,
    budget: true,
    symbols: true,
    from: true,
    to: true,
    lastMonths: true,
    lastDays: true,
  })
  .refine(reachable, REACHABLE);

export const optimizeAgentPromptsTool = defineTool({
  name: OPTIMIZE,
  description:
    "Rewrite an agent's prompt and policy so that a metric improves. Candidates are tried on folds of the past and promoted only where folds and a hold-out that they never saw confirm it; mostly they are not.",
  access: "propose",
  checkpointed: true,
  input: optimizeInputSchema.refine(reachable, REACHABLE),
  output: optimizeReportSchema,
  run: (ctx, input) => ctx.graphs.optimize(input, ctx),
  // Costs, limits and folds are not a model's to set.
  forModel: { input: askedSchema, brief: briefOf },
});
