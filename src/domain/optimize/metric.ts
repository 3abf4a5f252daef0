import { z } from "zod";
import { OPTIMIZE_METRICS } from "./metric-names.ts";

export const optimizeMetricSchema = z.enum(OPTIMIZE_METRICS);

/** Of one span of bars, after costs; null where a statistic has no value. Fractions, annual where said. */
export const figuresSchema = z.object({
  bars: z.number().int(),
  totalReturn: z.number().nullable(),
  annualReturn: z.number().nullable(),
  volatility: z.number().nullable().describe("Annual"),
  sharpe: z.number().nullable(),
  sortino: z.number().nullable(),
  calmar: z.number().nullable(),
  maxDrawdown: z.number().nullable().describe("Negative"),
  exposure: z.number().nullable().describe("Mean gross exposure"),
  turnover: z.number().nullable().describe("Annual"),
  costs: z.number().nullable().describe("Fraction of the capital"),
  trades: z.number().int(),
});

export type Figures = z.output<typeof figuresSchema>;
