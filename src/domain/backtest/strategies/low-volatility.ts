import { z } from "zod";
import type { TargetStrategy } from "../strategy.ts";
import { scheduledRows } from "./scheduled-rows.ts";
import { topTargets } from "./top-targets.ts";

const paramsSchema = z.strictObject({
  lookback: z.int().min(2).max(1000).default(126).describe("Bars over which the volatility is measured"),
  top: z.int().min(1).max(200).default(3).describe("How many symbols are held, in equal parts"),
  rebalance: z.int().min(1).max(1000).default(21).describe("Rows between decisions"),
});

/**
 * Holds the symbols whose returns from bar to bar varied least in equal parts. Symbols without a bar in the row
 * or without enough history are not held. Rule: Blitz and van Vliet, The Volatility Effect, Journal of Portfolio
 * Management 34 (2007); Ang, Hodrick, Xing and Zhang, Journal of Finance 61 (2006).
 */
export const lowVolatility: TargetStrategy<typeof paramsSchema> = {
  name: "low-volatility",
  description: "Holds the symbols of a panel that varied least, rebalanced at fixed intervals",
  params: paramsSchema,
  targets: (panel, { lookback, top, rebalance }, { rateOfChange, standardDeviation }) =>
    topTargets(
      panel,
      panel.bars.map(({ close }) => standardDeviation(rateOfChange(close, 1), lookback).map((one) => -one)),
      { rows: scheduledRows(panel.rows, lookback, rebalance), top, floor: -Infinity, lag: 0 },
    ),
};
