import { z } from "zod";
import { metricsSchema } from "../../domain/backtest/report.ts";
import { backtestSettingsSchema } from "../../domain/backtest/settings.ts";
import { constraintsSchema } from "../../domain/policy/constraints.ts";
import { backtestPrompt } from "../../prompts/backtest.ts";
import { strategyChoiceSchema } from "../../tools/choose-strategy.ts";
import { runBacktestTool, summariseBacktest } from "../../tools/run-backtest.ts";
import { defineTool, type ToolContext } from "../../tools/tool.ts";
import { defineSpecialist } from "../specialist.ts";

const inputSchema = z.object({
  dataSetId: z.string().describe("From fetch_market_data"),
  strategy: strategyChoiceSchema
    .optional()
    .describe("Leave out for the agents' own policies, deciding anew at every rebalance date"),
  capital: z.number().positive().default(100_000),
  constraints: constraintsSchema.default({}),
});

/** The capability with the fields of the task as they are. */
const backtestTool = defineTool({ ...runBacktestTool, input: inputSchema, run });

export const backtestAgent = defineSpecialist({
  role: "backtest",
  toolName: "run_backtest",
  description:
    "Backtest a named strategy, or the agents' own policies, over the window of a data set: fills at the next open, with costs, against buy and hold. Returns metrics, benchmark and a verdict.",
  decides: false,
  prompt: backtestPrompt,
  input: inputSchema,
  tools: [backtestTool],
  claim: z.object({
    metrics: metricsSchema.pick({ totalReturn: true, sharpe: true, maxDrawdown: true, trades: true }),
    summary: z.string().describe("What the verdict means for the reader"),
  }),
  rules: run,
  summarise: summariseBacktest,
});

function run(ctx: ToolContext, input: z.output<typeof inputSchema>): ReturnType<typeof runBacktestTool.run> {
  return runBacktestTool.run(ctx, {
    dataSetId: input.dataSetId,
    strategy: input.strategy,
    constraints: input.constraints,
    // A strategy's trades end with the data, as its published results have it; the agents' portfolio goes on.
    settings: backtestSettingsSchema.parse({
      capital: input.capital,
      closeOut: input.strategy !== undefined,
    }),
    detail: false,
    prove: false,
  });
}
