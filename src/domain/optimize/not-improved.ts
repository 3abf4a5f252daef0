import { quantile } from "../risk/quantile.ts";
import { counted, percent } from "../format.ts";
import { METRIC_WORDS } from "./metric-words.ts";
import { showMetric } from "./show-metric.ts";
import type { OptimizeReport } from "./report.ts";

/** A year, as a fraction; less is shown as nothing. */
const WORTH_A_WORD = 0.0005;

type Outcome = Pick<
  OptimizeReport,
  | "agent"
  | "metric"
  | "target"
  | "targetReached"
  | "trials"
  | "baseline"
  | "attribution"
  | "holdout"
  | "promoted"
  | "folds"
>;

/** What an optimisation could not improve, and what that means, in sentences. */
export function notImproved(outcome: Outcome): string[] {
  const { agent, metric, target, targetReached, trials, holdout, attribution } = outcome;
  const said: string[] = [];
  const tried = trials.filter(({ metrics }) => metrics !== null);
  const passed = tried.filter(({ verdict }) => verdict !== "rejected");
  if (tried.length > 0 && passed.length === 0) {
    said.push(
      `${tried.length === 1 ? `The one candidate for the ${agent} agent did not hold` : `None of ${tried.length} candidates for the ${agent} agent held`} up on bars that it was not made from. ${resolution(outcome)}`.trim(),
    );
  }
  if (holdout.opened && !holdout.confirmed) {
    said.push(
      "What passed the gate did not hold up on the hold-out: most likely the validation spans were kind to it.",
    );
  }
  if (!targetReached)
    said.push(
      `The target of ${showMetric(metric, target)} was not reached by a version that passed the gate.`,
    );
  const costly = attribution.filter((one) => one.agent !== agent && one.certaintyEquivalent < -WORTH_A_WORD);
  for (const one of costly) {
    said.push(
      `The ${one.agent} agent costs ${percent(-one.certaintyEquivalent)} a year in certainty equivalent on the training spans, and was not worked on.`,
    );
  }
  return said;
}

function median(values: readonly number[]): number {
  return quantile(Float64Array.from(values), 0.5);
}

/** How small an improvement these spans could have shown: half of a middling interval. */
function resolution({ trials, metric, folds }: Outcome): string {
  const halves = trials.flatMap(({ difference }) =>
    difference === null ? [] : [(difference.high - difference.low) / 2],
  );
  if (halves.length === 0) return "";
  const bars = folds.reduce((sum, { validation }) => sum + validation.bars, 0);
  return `With ${counted(bars, "validation bar")} a difference of the ${METRIC_WORDS[metric]} like theirs is known to about ${showMetric(metric, median(halves))} either way.`;
}
