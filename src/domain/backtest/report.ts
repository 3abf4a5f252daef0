import { z } from "zod";
import { costsSchema } from "./costs-by-kind.ts";
import { courseSchema } from "./course/course.ts";
import { proofSchema } from "./proof/report.ts";
import { backtestSettingsSchema } from "./settings.ts";
import { CONFIDENCE, drawdownSchema, PARTICIPATION, statisticsSchema } from "./statistics-schema.ts";

const statistic = z.number().nullable();

/**
 * Ratios are fractions, drawdowns negative, costs in money. Null where `absent` says why; CAGR, annual return and
 * Calmar ratio (and alpha) where the time is too short, see statistics/stated-per-year.ts.
 */
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

const periodReturns = z.array(z.tuple([z.string(), z.number()]));

export const backtestReportSchema = z.object({
  dataSetId: z.string(),
  strategy: z.string().describe("A strategy's name, or `agents` for the rolling policies"),
  params: z.record(z.string(), z.unknown()),
  settings: backtestSettingsSchema,
  symbols: z.array(z.string()),
  from: z.string(),
  to: z.string(),
  bars: z.number().int(),
  decisions: z.number().int().describe("Bars at whose close weights were decided or orders placed"),
  finalEquity: z.number(),
  metrics: metricsSchema,
  statistics: statisticsSchema,
  absent: z.record(z.string(), z.string()).describe("Why a metric or a statistic is null, by its name"),
  definitions: z.object({
    periodsPerYear: z.number(),
    riskFreeRate: z.number(),
    deviation: z.literal("sample"),
    market: z.string().describe("What alpha, beta, information ratio and captures refer to"),
    confidence: z.literal(CONFIDENCE).describe("Of value at risk, expected shortfall, minimum track record"),
    participation: z.literal(PARTICIPATION).describe("Share of a bar's volume that the capacity allows"),
  }),
  costs: costsSchema,
  drawdowns: z.array(drawdownSchema).describe("The ten deepest, deepest first"),
  monthly: periodReturns.describe("Returns of calendar months"),
  yearly: periodReturns.describe("Returns of calendar years"),
  benchmark: comparisonSchema.describe("Buy and hold of the same symbols in equal parts"),
  market: comparisonSchema.nullable().describe("The source's index over the same rows"),
  course: courseSchema.nullable().default(null).describe("Columns for charts, where `detail` was asked for"),
  equity: z
    .array(z.tuple([z.string(), z.number()]))
    .describe(
      "After every bar; of more than 100,000 bars after every k-th, counted back from the last, and the first",
    ),
  tradeList: z.array(tradeSchema),
  verdict: verdictSchema,
  proof: proofSchema
    .nullable()
    .default(null)
    .describe("What the truth tests found, where `prove` was asked for"),
  flags: z.array(z.string()).describe("What a reader must know, e.g. same-close fills, simulated data"),
});

export type BacktestReport = z.output<typeof backtestReportSchema>;
