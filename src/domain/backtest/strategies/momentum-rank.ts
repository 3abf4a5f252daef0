import { z } from "zod";
import { at } from "../../market/column.ts";
import type { Panel } from "../../market/panel.ts";
import type { Strategy } from "../strategy.ts";
import type { Targets } from "../targets.ts";
import { scheduledRows } from "./scheduled-rows.ts";

const paramsSchema = z
  .strictObject({
    lookback: z.int().min(2).max(1000).default(126).describe("Bars over which the return is measured"),
    skip: z.int().min(0).max(250).default(21).describe("Latest bars that are left out of it"),
    top: z.int().min(1).max(200).default(3).describe("How many symbols are held, in equal parts"),
    rebalance: z.int().min(1).max(1000).default(21).describe("Rows between decisions"),
  })
  .refine(({ lookback, skip }) => skip < lookback, { path: ["skip"], error: "must be less than lookback" });

/**
 * Holds the symbols with the highest return between `lookback` and `skip` bars ago in equal parts, as far as
 * that return is positive; the rest is cash. Symbols without a bar in the row or without enough history are
 * not held. Rule: Jegadeesh and Titman, Journal of Finance 48 (1993), with the absolute filter of Antonacci,
 * Dual Momentum Investing (2014).
 */
export const momentumRank: Strategy<typeof paramsSchema> = {
  name: "momentum-rank",
  description: "Holds the symbols of a panel that rose most, rebalanced at fixed intervals",
  params: paramsSchema,
  targets(panel, { lookback, skip, top, rebalance }): Targets {
    const part = 1 / Math.min(top, panel.symbols.length);
    const rows = scheduledRows(panel.rows, lookback, rebalance);
    const weights = panel.symbols.map(() => new Float64Array(rows.length));
    for (const [k, row] of rows.entries()) {
      const ranked = panel.symbols
        .map((_, s) => ({ s, momentum: momentum(panel, s, row, lookback, skip) }))
        .filter(({ momentum }) => momentum > 0)
        .toSorted((a, b) => b.momentum - a.momentum);
      for (const { s } of ranked.slice(0, top)) {
        const column = weights[s];
        if (column !== undefined) column[k] = part;
      }
    }
    return { rows, weights };
  },
};

/** close[t - skip] / close[t - lookback] - 1, NaN where there is no bar or too little history. */
function momentum(panel: Panel, s: number, row: number, lookback: number, skip: number): number {
  const bar = panel.barAt[s]?.[row] ?? -1;
  const close = panel.bars[s]?.close;
  if (close === undefined || bar < lookback) return NaN;
  return at(close, bar - skip) / at(close, bar - lookback) - 1;
}
