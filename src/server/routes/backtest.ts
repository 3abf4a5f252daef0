import { createRoute, z } from "@hono/zod-openapi";
import { backtestStrategyTool } from "../../tools/backtest-strategy.ts";
import { MAX_JOBS } from "../backtest-jobs.ts";
import { errorBodySchema } from "../error-answer.ts";
import { faults, REQUEST_FAULTS } from "../faults.ts";
import { runReportAnswer } from "../run-report-answer.ts";

const idSchema = z.string().min(1).max(100);

export const startBacktestRoute = createRoute({
  method: "post",
  path: "/backtest",
  operationId: backtestStrategyTool.name,
  summary: backtestStrategyTool.description,
  description: `Answers with an id, unless the strategy, its parameters or a symbol is wrong, and runs then. The last ${MAX_JOBS} backtests are held in the server's memory and are gone when it restarts.`,
  request: {
    body: { required: true, content: { "application/json": { schema: backtestStrategyTool.input } } },
  },
  responses: {
    202: {
      description: "The backtest has started",
      content: {
        "application/json": {
          schema: z.object({
            id: idSchema,
            status: z.literal("running"),
            href: z.string().describe("Where its result will be"),
          }),
        },
      },
    },
    ...faults(...REQUEST_FAULTS, 422, 429, 502),
  },
});

export const backtestReportRoute = createRoute({
  method: "get",
  path: "/backtest/{id}/report",
  operationId: "get_backtest_report",
  summary: "The tear sheet of a backtest that is done: one HTML page that loads nothing.",
  request: { params: z.object({ id: idSchema }) },
  responses: {
    200: { description: "The page", content: { "text/html": { schema: z.string() } } },
    ...faults(400, 401, 403, 404, 500),
  },
});

export const getBacktestRoute = createRoute({
  method: "get",
  path: "/backtest/{id}",
  operationId: "get_backtest",
  summary: "The state of a backtest, with its report once it is done.",
  request: { params: z.object({ id: idSchema }) },
  responses: {
    200: {
      description: "Running, done or failed",
      content: {
        "application/json": {
          schema: z.object({
            id: idSchema,
            status: z.enum(["running", "done", "failed"]),
            report: runReportAnswer.optional().describe("Where it is done"),
            error: errorBodySchema.shape.error.optional().describe("Where it failed"),
          }),
        },
      },
    },
    ...faults(400, 401, 403, 404, 500),
  },
});
