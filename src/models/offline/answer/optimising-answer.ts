import { optimizeBriefSchema } from "../../../domain/optimize/brief.ts";
import { METRIC_WORDS } from "../../../domain/optimize/metric-words.ts";
import { day, inline, percent } from "../format.ts";
import { bullets, document, table } from "../markdown.ts";
import { lenient } from "../plan/lenient.ts";
import type { Outcome } from "../tool-outcome.ts";
import { SIGNATURE } from "./closing.ts";
import { errorText, failureHeadline } from "./failure.ts";

const schema = lenient(optimizeBriefSchema);

const PERCENT = new Set(["annualReturn", "maxDrawdown"]);

/** What was tried on an agent's prompt and what came of it. */
export function optimisingAnswer(outcome: Outcome): string {
  if (!outcome.ok) return document([failureHeadline(outcome.error), errorText(outcome.error), SIGNATURE]);
  const told = schema.parse(outcome.value);
  const { agent = "agent", metric = "sharpe", promoted, baseline, trials = [], attribution = [] } = told;
  const show = (value: number | null | undefined): string =>
    value === null || value === undefined ? "n/a" : PERCENT.has(metric) ? percent(value) : value.toFixed(2);
  return document([
    typeof promoted === "string"
      ? `# ${inline(agent)} ${inline(promoted)} was promoted`
      : `# Nothing was promoted for the ${inline(agent)} agent`,
    told.simulated === true ? "**SIMULATED data:** the evidence is of a simulated market." : undefined,
    bullets([
      `Asked for: a ${METRIC_WORDS[metric]} of ${show(told.target)} on ${inline((told.symbols ?? []).join(", "))}, ${day(told.from)} to ${day(told.to)}.`,
      `In force was ${inline(agent)} ${inline(baseline?.version ?? "")}, with ${show(baseline?.validation)} on the validation spans.`,
      ...[told.endedBecause, told.holdout, told.chosenBecause, ...(told.notImproved ?? [])].flatMap((text) =>
        typeof text === "string" && text !== "" ? [inline(text)] : [],
      ),
      ...(typeof promoted === "string" ? ["Live use waits for the approval of a person."] : []),
    ]),
    table(
      ["Agent", "Adds (certainty equivalent a year)"],
      attribution.map((one) => [inline(one.agent ?? ""), percent(one.certaintyEquivalent)]),
    ),
    table(
      ["Candidate", "Version", "Training", "Validation", "p", "Deflated", "Verdict"],
      trials.map((one) => [
        String(one.number ?? ""),
        inline(one.version ?? "n/a"),
        show(one.training),
        show(one.validation),
        typeof one.pValue === "number" ? one.pValue.toFixed(4) : "n/a",
        typeof one.deflatedSharpe === "number" ? one.deflatedSharpe.toFixed(2) : "n/a",
        inline(one.verdict ?? ""),
      ]),
    ),
    // What rejected the others stands in the table.
    bullets(
      trials
        .filter(({ verdict }) => verdict !== "rejected")
        .map((one) => `Candidate ${String(one.number ?? "")}: ${inline(one.reason ?? "")}`),
    ),
    SIGNATURE,
  ]);
}
