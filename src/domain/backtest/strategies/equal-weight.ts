import { z } from "zod";
import type { TargetStrategy } from "../strategy.ts";
import { equalParts } from "./equal-parts.ts";
import { scheduledRows } from "./scheduled-rows.ts";

const paramsSchema = z.strictObject({
  rebalance: z.int().min(1).max(1000).default(21).describe("Rows between decisions"),
});

/**
 * Brings all symbols listed so far back to equal weights at fixed intervals (1/N: DeMiguel, Garlappi and
 * Uppal, Review of Financial Studies 22, 2009). A symbol without a bar in the row keeps its shares.
 */
export const equalWeight: TargetStrategy<typeof paramsSchema> = {
  name: "equal-weight",
  description: "Equal parts of all symbols, rebalanced at fixed intervals",
  params: paramsSchema,
  targets(panel, { rebalance }) {
    const rows = scheduledRows(panel.rows, 0, rebalance);
    return equalParts(panel, rows, new Float64Array(rows.length).fill(1));
  },
};
