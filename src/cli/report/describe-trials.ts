import type { Figures } from "../../domain/optimize/metric.ts";
import type { OptimizeReport, Trial } from "../../domain/optimize/report.ts";
import { sayChanges } from "../../domain/optimize/say-changes.ts";
import { METRICS } from "../../report/figures.ts";
import { trialOutcome } from "../../report/trial-outcome.ts";
import { counted } from "../format.ts";
import type { Block } from "../markdown/block.ts";
import { bullets, cell, heading, paragraph, table } from "../markdown/compose.ts";
import type { Format, Line } from "../terminal/span.ts";
import { signed } from "./signed.ts";

const VERDICT_FORMATS: Readonly<Record<Trial["verdict"], Format>> = {
  promoted: "green",
  accepted: "green",
  "not confirmed": "yellow",
  rejected: "red",
  invalid: "red",
};

/** From here there is room for intervals. */
const WIDE = 110;
/** From here there is room for the deflated Sharpe ratio. */
const MIDDLING = 70;

/** So many candidates are told one by one: all of the usual budget. */
const MOST_TOLD = 12;

/** The candidates in a table, the version in force on top. */
export function describeTrials(report: OptimizeReport, screen: number): Block[] {
  const { trials, metric } = report;
  const [name] = METRICS[metric];
  if (trials.length === 0) return [];
  return [heading(`Candidates, by ${name}`), trialTable(report, screen)];
}

/** What was changed in each candidate, and why it passed or did not; those that passed first to be kept. */
export function describeEachTrial({ trials }: OptimizeReport): Block[] {
  if (trials.length === 0) return [];
  const told = new Set(
    trials
      .toSorted((a, b) => order(a) - order(b) || (a.pValue ?? 1) - (b.pValue ?? 1))
      .slice(0, MOST_TOLD)
      .map(({ number }) => number),
  );
  const left = trials.length - told.size;
  return [
    heading("Each candidate"),
    ...trials.flatMap((trial) => (told.has(trial.number) ? describeTrial(trial) : [])),
    ...(left === 0
      ? []
      : [
          paragraph(
            cell(`${counted(left, "candidate")} with higher p-values: see --report FILE or --json.`, "dim"),
          ),
        ]),
  ];
}

function order({ verdict }: Trial): number {
  return verdict === "rejected" || verdict === "invalid" ? 1 : 0;
}

function trialTable({ trials, metric, baseline }: OptimizeReport, screen: number): Block {
  const [, show] = METRICS[metric];
  const wide = screen >= WIDE;
  const middling = screen >= MIDDLING;
  const value = (figures: Figures | undefined): Line => {
    const found = figures?.[metric] ?? null;
    return found === null ? cell("n/a", "dim") : cell(show(found));
  };
  const row = (trial: Trial): Line[] => [
    cell(String(trial.number), "dim"),
    cell(trial.version ?? "n/a"),
    value(trial.metrics?.train),
    value(trial.metrics?.validation),
    ...(wide ? [cell(interval(trial, show))] : []),
    cell(trial.pValue === null ? "n/a" : trial.pValue.toFixed(4)),
    ...(middling ? [cell(trial.deflatedSharpe === null ? "n/a" : trial.deflatedSharpe.toFixed(2))] : []),
    cell(trialOutcome(trial), VERDICT_FORMATS[trial.verdict]),
  ];
  const held: Line[] = [
    cell(""),
    cell(baseline.version),
    value(baseline.metrics.train),
    value(baseline.metrics.validation),
    ...(wide ? [cell("")] : []),
    cell(""),
    ...(middling ? [cell("")] : []),
    cell("in force", "dim"),
  ];
  return table(
    [
      ["", "right"],
      ["Version", "left"],
      ["Training", "right"],
      ["Validation", "right"],
      ...(wide ? [["Difference, interval", "right"] as const] : []),
      ["p", "right"],
      ...(middling ? [["Deflated", "right"] as const] : []),
      ["Verdict", "left"],
    ],
    [held, ...trials.map(row)],
  );
}

function describeTrial(trial: Trial): Block[] {
  const { number, author, reasoning, policyChanges, reason } = trial;
  const changes = sayChanges(policyChanges).join("; ");
  return [
    paragraph(cell(`${number}. `, "bold"), cell(changes === "" ? trial.verdict : changes)),
    // What the search says of each of its candidates stands in the table.
    bullets([...(author === "model" && reasoning !== "" ? [reasoning] : []), reason]),
  ];
}

function interval({ difference }: Trial, show: (value: number) => string): string {
  if (difference === null) return "n/a";
  return `${signed(difference.value, show)} (${show(difference.low)} to ${show(difference.high)})`;
}
