import { finite, orNull } from "../../statistic.ts";
import { valuesAt } from "./grid.ts";
import { SCORE_FIELDS } from "./score.ts";
import type { SweepFigures, SweepRow } from "./sweep-report.ts";
import type { SweepResults } from "./sweep-results.ts";

/** A combination as the report shows it. */
export function describeRow(results: SweepResults, k: number): SweepRow {
  const { axes, taken } = results.grid;
  const figures = SCORE_FIELDS.map((field) => [field, nullable(results.figure(k, field))] as const);
  return {
    params: valuesAt(axes, taken[k] ?? -1),
    figures: Object.fromEntries(figures) as SweepFigures,
    neighbours: { count: results.neighbours(k).length, median: nullable(results.neighbourMedian(k)) },
  };
}

function nullable(value: number): number | null {
  return orNull(finite(value, "none"));
}
