import { z } from "zod";
import type { BacktestReport } from "../backtest/report.ts";

export const netSchema = z
  .object({
    modelCost: z.number().describe("USD"),
    totalReturn: z.number().describe("Of the backtest, less the models' cost as a fraction of the capital"),
  })
  .describe("Null where there is no backtest, or the price of a model is not known");

export type Net = z.output<typeof netSchema>;

/** A backtest's total return once the models that decided are paid, with capital in USD. */
export function netOfModels(
  backtest: Pick<BacktestReport, "metrics" | "settings"> | undefined,
  modelCost: number | null,
): Net | null {
  const totalReturn = backtest?.metrics.totalReturn ?? null;
  if (backtest === undefined || totalReturn === null || modelCost === null) return null;
  return { modelCost, totalReturn: totalReturn - modelCost / backtest.settings.capital };
}
