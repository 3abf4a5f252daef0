import { z } from "zod";
import { at } from "../../market/column.ts";
import type { Strategy } from "../strategy.ts";
import { scheduledRows } from "./scheduled-rows.ts";

const paramsSchema = z.strictObject({
  rebalance: z.int().min(1).max(1000).default(21).describe("Rows between decisions"),
});

/**
 * Brings all symbols listed so far back to equal weights at fixed intervals (1/N: DeMiguel, Garlappi and
 * Uppal, Review of Financial Studies 22, 2009). A symbol without a bar in the row keeps its shares.
 */
export const equalWeight: Strategy<typeof paramsSchema> = {
  name: "equal-weight",
  description: "Equal parts of all symbols, rebalanced at fixed intervals",
  params: paramsSchema,
  targets(panel, { rebalance }) {
    const rows = scheduledRows(panel.rows, 0, rebalance);
    const weights = panel.symbols.map(() => new Float64Array(rows.length).fill(NaN));
    for (const [k, row] of rows.entries()) {
      const trading = panel.barAt.map((bars) => (bars[row] ?? -1) >= 0);
      const listed = panel.bars.filter((bars) => bars.length > 0 && at(bars.time, 0) <= at(panel.time, row));
      for (const [s, column] of weights.entries()) if (trading[s] === true) column[k] = 1 / listed.length;
    }
    return { rows, weights };
  },
};
