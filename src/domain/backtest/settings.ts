import { z } from "zod";

/** How decisions become fills. Rates are fractions (0.001 = 10 basis points). */
export const backtestSettingsSchema = z.strictObject({
  capital: z.number().positive().default(100_000),
  fill: z
    .enum(["next-open", "close"])
    .default("next-open")
    .describe(
      "next-open: decided at the close of t, filled at the open of t+1; close: filled at the same close, flagged",
    ),
  commission: z.number().min(0).max(0.1).default(0.0005).describe("Fraction of the notional of each fill"),
  slippageBps: z.number().min(0).max(1000).default(2).describe("Basis points against each fill"),
  wholeShares: z.boolean().default(false),
  closeOut: z
    .boolean()
    .default(true)
    .describe(
      "Close what is held at the last row's fill price, so that every trade is complete; false: value it at the last close",
    ),
  riskFreeRate: z.number().min(0).max(1).default(0).describe("Annual"),
});

export type BacktestSettings = z.output<typeof backtestSettingsSchema>;
