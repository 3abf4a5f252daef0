import { z } from "zod";
import { monteCarloResultSchema, unfittedSchema } from "../backtest/stress/monte-carlo-report.ts";
import { scenarioResultSchema } from "../backtest/stress/scenario-report.ts";
import { backtestSettingsSchema } from "../backtest/settings.ts";
import { dataReportSchema } from "../market/data-set.ts";
import { provenanceFieldsSchema } from "./provenance-fields.ts";

/** What a stress test returns on every surface. Ratios are fractions, drawdowns negative. */
export const stressReportSchema = z.object({
  ...provenanceFieldsSchema.shape,
  data: dataReportSchema,
  tested: z.object({
    name: z.string().describe("The strategy, or `portfolio`"),
    params: z.record(z.string(), z.unknown()),
    weights: z.record(z.string(), z.number()).nullable(),
  }),
  settings: backtestSettingsSchema,
  market: z
    .object({
      benchmark: z.string().nullable().describe("Null: the mean of the symbols stands for the market"),
      betas: z.record(z.string(), z.number()).describe("To the benchmark; 1, assumed, without one"),
      bars: z.number().int().describe("Returns that the betas were measured on"),
    })
    .nullable(),
  scenarios: z.array(scenarioResultSchema),
  simulations: z.array(monteCarloResultSchema),
  unfitted: z.array(unfittedSchema).describe("Models that cannot be fitted to these data, and why"),
  flags: z.array(z.string()).describe("What a reader must know"),
});

export type StressReport = z.output<typeof stressReportSchema>;
