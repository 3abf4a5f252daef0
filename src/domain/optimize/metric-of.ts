import type { Figures } from "./metric.ts";
import type { OptimizeMetric } from "./metric-names.ts";

/** The metric that is improved; null where it has no value. */
export function metricOf(figures: Figures, metric: OptimizeMetric): number | null {
  return figures[metric];
}
