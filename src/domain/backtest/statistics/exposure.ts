import type { Column } from "../../market/column.ts";
import { mean } from "../../risk/moments.ts";
import { finite, type Statistic } from "../../statistic.ts";

/** Mean gross exposure over the rows: 1 is fully invested all the time, more is leverage. */
export function meanExposure(exposure: Column): Statistic {
  return finite(mean(exposure), "The equity fell to zero or below.");
}
