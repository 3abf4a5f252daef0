import { FinAgentError } from "../../errors.ts";
import { isAbsent } from "../../statistic.ts";
import { statedPerYear } from "../statistics/stated-per-year.ts";
import type { ScoreField } from "./score.ts";
import type { SweepJob } from "./sweep-job.ts";

const PER_YEAR: ReadonlySet<ScoreField> = new Set(["cagr", "annualReturn", "calmar"]);

/**
 * Before anything is computed: a period that is too short for an annual figure cannot be ranked by one.
 * @throws FinAgentError BAD_ARGUMENT
 */
export function checkMetric({ panel, window }: Pick<SweepJob, "panel" | "window">, metric: ScoreField): void {
  if (!PER_YEAR.has(metric)) return;
  const known = statedPerYear(0, panel.closeTime.subarray(window.fromRow, window.toRow));
  if (!isAbsent(known)) return;
  throw new FinAgentError("BAD_ARGUMENT", `Nothing can be ranked by ${metric}. ${known.absent}`, {
    hint: "Take a longer period, or rank by another figure, e.g. sharpe or totalReturn.",
    details: { metric },
  });
}
