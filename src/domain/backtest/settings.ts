import { z } from "zod";

const rate = z.number().min(0).max(1);
const distance = z.number().gt(0).lt(1).nullable().default(null);

/**
 * How decisions become fills, and what that costs. Rates are fractions (0.001 = 10 basis points), annual where
 * said. The defaults are a liquid market and an account without credit.
 */
export const backtestSettingsSchema = z.strictObject({
  capital: z.number().positive().default(100_000),
  fill: z
    .enum(["next-open", "close"])
    .default("next-open")
    .describe(
      "next-open: decided at the close of t, filled at the open of t+1; close: filled at the same close, flagged",
    ),
  latencyBars: z.int().min(0).max(100).default(0).describe("Further bars between a decision and its fill"),
  commission: z.number().min(0).max(0.1).default(0.0005).describe("Fraction of the notional of each fill"),
  commissionPerShare: z.number().min(0).max(10).default(0).describe("In money, beside the rate"),
  commissionMinimum: z
    .number()
    .min(0)
    .max(1000)
    .default(0)
    .describe("Least commission of one fill, in money"),
  commissionTiers: z
    .array(z.strictObject({ fromNotional: z.number().positive(), rate: z.number().min(0).max(0.1) }))
    .max(20)
    .refine(
      (tiers) => tiers.every(({ fromNotional }, i) => fromNotional > (tiers[i - 1]?.fromNotional ?? 0)),
      {
        error: "must ascend by fromNotional",
      },
    )
    .default([])
    .describe("Rates in place of `commission` once so much was traded in earlier bars of the run; ascending"),
  halfSpreadBps: z.number().min(0).max(1000).default(0).describe("Half the quoted spread, against each fill"),
  slippageBps: z.number().min(0).max(1000).default(2).describe("Basis points against each fill"),
  impact: z
    .number()
    .min(0)
    .max(10)
    .default(0)
    .describe(
      "Y of the square-root law: Y x volatility of a bar x sqrt(shares / average volume of a bar), of the 20 bars before",
    ),
  maxParticipation: z
    .number()
    .gt(0)
    .max(1)
    .nullable()
    .default(null)
    .describe("Most of a bar's volume that is filled; the rest is carried to the next bar"),
  borrowRate: rate.default(0).describe("Annual, on the value of shorts"),
  cashRate: rate.default(0).describe("Annual, earned on cash that is not the proceeds of shorts"),
  marginRate: rate.default(0).describe("Annual, on borrowed cash"),
  maxLeverage: z
    .number()
    .min(1)
    .max(20)
    .default(1)
    .describe("Purchases may take cash down to -(this - 1) x equity: longs of so many times the equity"),
  maintenanceMargin: z
    .number()
    .min(0)
    .lt(1)
    .default(0)
    .describe("Equity / gross exposure below which positions are liquidated; 0: only when equity is gone"),
  stopLoss: distance.describe("Leave a position this far below (a short: above) its average entry price"),
  takeProfit: z.number().gt(0).max(100).nullable().default(null).describe("Leave it this far in profit"),
  trailingStop: distance.describe("Leave it this far from its best price since entry"),
  prices: z
    .enum(["adjusted", "raw"])
    .default("adjusted")
    .describe("raw: trade raw prices, with splits and dividends booked at the open of their ex-date"),
  dividends: z.enum(["reinvest", "cash"]).default("reinvest").describe("What raw prices' dividends become"),
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
