import { z } from "zod";
import { type Column, at } from "../../market/column.ts";
import type { Panel } from "../../market/panel.ts";
import { periodsPerYear } from "../../risk/annualisation.ts";
import type { TargetStrategy } from "../strategy.ts";
import { equalParts } from "./equal-parts.ts";
import { scheduledRows } from "./scheduled-rows.ts";

const paramsSchema = z.strictObject({
  target: z.number().min(0.01).max(1).default(0.1).describe("Annual volatility of the whole, as a fraction"),
  lookback: z.int().min(2).max(1000).default(21).describe("Rows over which the volatility is measured"),
  most: z
    .number()
    .min(0.1)
    .max(20)
    .default(1)
    .describe("Greatest exposure, as a fraction of equity; more than 1 needs credit in the settings"),
  rebalance: z.int().min(1).max(1000).default(21).describe("Rows between decisions"),
});

/**
 * Equal parts of all symbols listed so far, as much of them as would have had the target volatility lately; the rest
 * is cash. The volatility is that of the symbols' mean return per row, sample standard deviation, annualised. Rule:
 * Moreira and Muir, Volatility-Managed Portfolios, Journal of Finance 72 (2017); Harvey and others, The Impact of
 * Volatility Targeting, Journal of Portfolio Management 45 (2018).
 */
export const volatilityTarget: TargetStrategy<typeof paramsSchema> = {
  name: "volatility-target",
  description: "Equal parts of all symbols, less of them the more they vary, rebalanced at fixed intervals",
  params: paramsSchema,
  targets(panel, { target, lookback, most, rebalance }, { standardDeviation }) {
    const deviation = standardDeviation(meanReturns(panel), lookback);
    const annual = Math.sqrt((periodsPerYear(panel) * lookback) / (lookback - 1));
    const rows = scheduledRows(panel.rows, lookback, rebalance);
    const exposure = Float64Array.from(rows, (row) => Math.min(most, target / (annual * at(deviation, row))));
    return equalParts(panel, rows, exposure);
  },
};

/** The mean simple return of the symbols that trade in each row, from their bars before; NaN where none has one. */
function meanReturns(panel: Panel): Column {
  const sum = new Float64Array(panel.rows);
  const count = new Float64Array(panel.rows);
  for (const [s, { close }] of panel.bars.entries()) {
    const barAt = panel.barAt[s] ?? new Int32Array(0);
    for (let row = 0; row < panel.rows; row += 1) {
      const bar = barAt[row] ?? -1;
      if (bar < 1) continue;
      sum[row] = (sum[row] ?? NaN) + (close[bar] ?? NaN) / (close[bar - 1] ?? NaN) - 1;
      count[row] = (count[row] ?? NaN) + 1;
    }
  }
  return sum.map((total, row) => total / (count[row] ?? NaN));
}
