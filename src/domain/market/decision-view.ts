import type { DataSet } from "./data-set.ts";
import { MarketView } from "./view.ts";

/**
 * The view from which a decision on a data set is made: the end of its window, or the earlier instant that
 * the run is bound to.
 */
export function decisionView(dataSet: DataSet, asOf: number | null): MarketView {
  return new MarketView(dataSet.panel, asOf === null ? dataSet.to : Math.min(asOf, dataSet.to));
}
