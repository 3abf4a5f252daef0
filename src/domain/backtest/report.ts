import { z } from "zod";
import { backtestSettingsSchema } from "./settings.ts";

const statistic = z.number().nullable();

/** Ratios are fractions, drawdowns negative, costs in money. Null where `absent` says why. */
export const metricsSchema = z.object({
  totalReturn: statistic,
  cagr: statistic,
  annualReturn: statistic,
  volatility: statistic,
  sharpe: statistic,
  sortino: statistic,
  calmar: statistic,
  maxDrawdown: statistic,
  trades: z.number().int(),
  winRate: statistic,
  profitFactor: statistic,
  exposure: statistic,
  turnover: statistic,
  costs: z.number(),
});

export type Metrics = z.output<typeof metricsSchema>;

export const tradeSchema = z.object({
  symbol: z.string(),
  shares: z.number().describe("Negative for a short trade"),
  entryTime: z.string(),
  exitTime: z.string(),
  entryPrice: z.number(),
  exitPrice: z.number(),
  profit: z.number().describe("In money, after costs"),
  return: z.number(),
  open: z.boolean().describe("Still held at the end and valued at the last close"),
});

export type Trade = z.output<typeof tradeSchema>;

export const verdictSchema = z.object({
  conclusion: z.enum(["no evidence", "weak", "holds up"]),
  reasons: z.array(z.string()),
  figures: z.record(z.string(), z.number().nullable()),
});

export type Verdict = z.output<typeof verdictSchema>;

const comparisonSchema = z.object({
  name: z.string(),
  metrics: metricsSchema,
  absent: z.record(z.string(), z.string()),
});

export const backtestReportSchema = z.object({
  dataSetId: z.string(),
  strategy: z.string().describe("A strategy's name, or `agents` for the rolling policies"),
  params: z.record(z.string(), z.unknown()),
  settings: backtestSettingsSchema,
  symbols: z.array(z.string()),
  from: z.string(),
  to: z.string(),
  bars: z.number().int(),
  decisions: z.number().int(),
  finalEquity: z.number(),
  metrics: metricsSchema,
  absent: z.record(z.string(), z.string()),
  definitions: z.object({
    periodsPerYear: z.number(),
    riskFreeRate: z.number(),
    deviation: z.literal("sample"),
  }),
  benchmark: comparisonSchema.describe("Buy and hold of the same symbols in equal parts"),
  market: comparisonSchema.nullable().describe("The source's index over the same rows"),
  equity: z.array(z.tuple([z.string(), z.number()])),
  tradeList: z.array(tradeSchema),
  verdict: verdictSchema,
  flags: z.array(z.string()).describe("What a reader must know, e.g. same-close fills, simulated data"),
});

export type BacktestReport = z.output<typeof backtestReportSchema>;
