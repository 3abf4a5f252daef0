import { askInputSchema } from "../domain/run/ask-input.ts";
import { runReportSchema } from "../domain/run/report.ts";
import { defineTool } from "./tool.ts";

export const askTool = defineTool({
  name: "ask",
  description: "Answer a request in words: a manager agent plans, calls the specialist agents and reports.",
  access: "propose",
  checkpointed: true,
  input: askInputSchema,
  output: runReportSchema,
  run: (ctx, input) => ctx.graphs.ask(input, ctx),
});
