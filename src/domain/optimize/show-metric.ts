import { percent, ratio } from "../format.ts";
import type { OptimizeMetric } from "./metric-names.ts";

/** A metric as people read it: returns and drawdowns in percent, ratios as numbers. */
export function showMetric(metric: OptimizeMetric, value: number | null): string {
  return metric === "annualReturn" || metric === "maxDrawdown" ? percent(value) : ratio(value);
}
