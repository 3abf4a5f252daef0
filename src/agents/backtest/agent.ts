import { z } from "zod";
import { metricsSchema } from "../../domain/backtest/report.ts";
import { backtestSettingsSchema } from "../../domain/backtest/settings.ts";
import { constraintsSchema } from "../../domain/policy/constraints.ts";
import { backtestPrompt } from "../../prompts/backtest.ts";
import { runBacktestTool, strategyChoiceSchema } from "../../tools/run-backtest.ts";
import type { ToolContext } from "../../tools/tool.ts";
import { defineSpecialist } from "../specialist.ts";

const inputSchema = z.object({
  dataSetId: z.string().describe("From fetch_market_data"),
  strategy: strategyChoiceSchema
    .optional()
    .describe("Leave out for the agents' own policies, deciding anew at every rebalance date"),
  capital: z.number().positive().default(100_000),
  constraints: constraintsSchema.default({}),
});

export const backtestAgent = defineSpecialist({
  role: "backtest",
  toolName: "run_backtest",
  description:
    "Backtest a named strategy, or the agents' own policies, over the window of a data set: fills at the next open, with costs, against buy and hold. Returns metrics, benchmark and a verdict.",
  decides: false,
  prompt: backtestPrompt,
  input: inputSchema,
  tools: [runBacktestTool],
  claim: z.object({
    metrics: metricsSchema.pick({ totalReturn: true, sharpe: true, maxDrawdown: true, trades: true }),
    summary: z.string().describe("What the verdict means for the reader"),
  }),
  rules: run,
  settle: run,
  summarise: (report) => {
    const { totalReturn, trades } = report.metrics;
    const gain = totalReturn === null ? "no return" : `${(100 * totalReturn).toFixed(1)}%`;
    return `${report.strategy}: ${gain}, ${trades} trades, ${report.verdict.conclusion}`;
  },
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
  });
}
