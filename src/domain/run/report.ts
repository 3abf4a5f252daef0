import { z } from "zod";
import { signalSchema } from "../alpha/report.ts";
import { backtestReportSchema, metricsSchema, tradeSchema, verdictSchema } from "../backtest/report.ts";
import { findingSchema } from "../market/finding.ts";
import { dataReportSchema } from "../market/data-set.ts";
import { portfolioReportSchema } from "../portfolio/report.ts";
import { riskLevelSchema } from "../policy/risk.ts";
import { riskReportSchema } from "../risk/report.ts";
import { netSchema } from "../cost/net-of-models.ts";
import { planTaskSchema } from "./plan.ts";
import { decisionCountsSchema } from "./provenance.ts";
import { runProvenanceSchema } from "./run-provenance.ts";
import { stepSchema } from "./step.ts";
import { usageSchema } from "./usage.ts";

/** What every run returns on every surface: `ask`, `chat`, `pipeline`, `backtest`, HTTP and Studio. */
export const runReportSchema = z.object({
  runId: z.string(),
  threadId: z.string(),
  status: z
    .enum(["done", "partial", "question", "failed"])
    .describe(
      "partial: a model failed at more decisions than may be, see provenance; question: the request was ambiguous; failed: no step succeeded; see answer",
    ),
  request: z.string(),
  plan: z.array(planTaskSchema),
  answer: z.string().nullable().describe("Markdown; null where nothing was asked in words"),
  unverified: z.array(z.string()).describe("Figures in the answer that no tool returned"),
  flags: z.array(z.string()).describe("What a reader must know of the run itself"),
  data: z
    .object({
      source: z.string(),
      simulated: z.boolean(),
      symbols: z.array(z.string()),
      from: z.string(),
      to: z.string(),
      asOf: z.string(),
      hash: z.string(),
      interval: z.string(),
      rows: z.number().int(),
      historyRows: z.number().int(),
      adjustment: z.string(),
      prices: dataReportSchema.shape.prices,
      findings: z.array(findingSchema),
    })
    .nullable(),
  decisions: decisionCountsSchema,
  provenance: runProvenanceSchema,
  signals: z.array(signalSchema),
  risk: riskReportSchema.nullable(),
  portfolio: portfolioReportSchema.nullable(),
  weights: z.record(z.string(), z.number()),
  metrics: metricsSchema.nullable(),
  benchmark: backtestReportSchema.shape.benchmark.nullable(),
  market: backtestReportSchema.shape.market,
  equity: backtestReportSchema.shape.equity,
  tradeList: z.array(tradeSchema),
  net: netSchema.nullable().default(null),
  verdict: verdictSchema.nullable(),
  backtest: backtestReportSchema
    .omit({ metrics: true, benchmark: true, market: true, equity: true, tradeList: true, verdict: true })
    .nullable(),
  rebalances: z
    .array(
      z.object({
        time: z.string().describe("Close of the bar at which it was decided"),
        level: riskLevelSchema.nullable(),
        allowedExposure: z.number(),
        exposure: z.number().describe("Sum of absolute weights"),
        weights: z.record(z.string(), z.number()),
        note: z.string().nullable().describe("Why cash was held, where nothing could be decided"),
        standIns: z.array(z.string()).optional().describe("Agents for whose model rules stood in"),
      }),
    )
    .describe("What the agents decided at each rebalance date of a pipeline"),
  steps: z.array(stepSchema),
  usage: usageSchema,
  prompts: z.record(z.string(), z.string()).describe("Prompt version by agent"),
  model: z.string().describe("The manager's model, e.g. offline or openai:NAME"),
  code: z.string().describe("Version of FinAgent"),
  seed: z.number().int(),
});

export type RunReport = z.output<typeof runReportSchema>;
