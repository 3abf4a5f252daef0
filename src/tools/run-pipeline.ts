import { pipelineInputSchema } from "../domain/run/pipeline-input.ts";
import { runReportSchema } from "../domain/run/report.ts";
import { defineTool } from "./tool.ts";

export const runPipelineTool = defineTool({
  name: "run_pipeline",
  description:
    "Run data, alpha, risk, portfolio and backtest on fixed edges: at every rebalance date the agents decide from what was known then.",
  access: "propose",
  checkpointed: true,
  input: pipelineInputSchema,
  output: runReportSchema,
  run: (ctx, input) => ctx.graphs.pipeline(input, ctx),
});
