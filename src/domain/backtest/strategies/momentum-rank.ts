import { z } from "zod";
import type { TargetStrategy } from "../strategy.ts";
import { scheduledRows } from "./scheduled-rows.ts";
import { topTargets } from "./top-targets.ts";

const paramsSchema = z
  .strictObject({
    lookback: z.int().min(2).max(1000).default(126).describe("Bars over which the return is measured"),
    skip: z.int().min(0).max(250).default(21).describe("Latest bars that are left out of it"),
    top: z.int().min(1).max(200).default(3).describe("How many symbols are held, in equal parts"),
    rebalance: z.int().min(1).max(1000).default(21).describe("Rows between decisions"),
    absolute: z.boolean().default(true).describe("Hold only what rose; false: the top, whatever it did"),
  })
  .refine(({ lookback, skip }) => skip < lookback, { path: ["skip"], error: "must be less than lookback" });

/**
 * Holds the symbols with the highest return between `lookback` and `skip` bars ago in equal parts; the rest is
 * cash. Symbols without a bar in the row or without enough history are not held. Rule: Jegadeesh and Titman,
 * Journal of Finance 48 (1993), with the absolute filter of Antonacci, Dual Momentum Investing (2014).
 */
export const momentumRank: TargetStrategy<typeof paramsSchema> = {
  name: "momentum-rank",
  description: "Holds the symbols of a panel that rose most, rebalanced at fixed intervals",
  params: paramsSchema,
  targets: (panel, { lookback, skip, top, rebalance, absolute }, { rateOfChange }) =>
    topTargets(
      panel,
      panel.bars.map(({ close }) => rateOfChange(close, lookback - skip)),
      {
        rows: scheduledRows(panel.rows, lookback, rebalance),
        top,
        floor: absolute ? 0 : -Infinity,
        lag: skip,
      },
    ),
};
