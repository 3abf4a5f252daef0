import type { CompareReport } from "../../domain/run/compare-report.ts";
import { count, percent, ratio } from "../format.ts";
import type { Block } from "../markdown/block.ts";
import { bullets, cell, facts, heading, paragraph, table } from "../markdown/compose.ts";
import { METRIC_ROWS } from "./describe-metrics.ts";
import { identityRows, sourceRows } from "./describe-source-rows.ts";

const ABSENT_NAMES: Readonly<Record<string, string>> = {
  sharpe: "Sharpe ratio",
  meanReturn: "Mean return a year",
};

/** A comparison of two strategies as a report for the terminal. */
export function describeComparison(report: CompareReport, ms: number): Block[] {
  const { a, b, conclusion, shown } = report;
  return [
    heading(`A: ${nameOf(a)}, B: ${nameOf(b)}`, 1),
    facts(sourceRows(report.data, report.settings)),
    paragraph(cell(conclusion, "bold", shown ? "green" : "yellow")),
    ...describeTests(report),
    heading("Side by side"),
    table(
      [
        ["", "left"],
        ["A", "right"],
        ["B", "right"],
      ],
      METRIC_ROWS.map(([key, name, show]) => [
        cell(name),
        ...[a, b].map(({ metrics }) => {
          const value = metrics[key];
          return value === null ? cell("n/a", "dim") : cell(show(value));
        }),
      ]),
    ),
    bullets([...report.flags]),
    { kind: "rule" },
    identityRows(report, ms),
  ];
}

function describeTests(report: CompareReport): Block[] {
  const { sharpe, meanReturn, correlation, confidence, resamples, periods, barsPerPeriod, absent } = report;
  const rows = [
    ...(sharpe === null ? [] : [["Sharpe ratio", sharpe, ratio] as const]),
    ...(meanReturn === null ? [] : [["Mean return a year", meanReturn, percent] as const]),
  ];
  // The conclusion tells why the Sharpe ratios cannot be compared.
  const reasons = Object.entries(absent)
    .filter(([, reason]) => !report.conclusion.endsWith(reason))
    .map(([name, reason]) => `${ABSENT_NAMES[name] ?? name}: n/a. ${reason}`);
  const each = barsPerPeriod === 1 ? "" : ` of ${count(barsPerPeriod)} bars each`;
  return [
    ...(rows.length === 0
      ? []
      : [
          heading("A less B"),
          table(
            [
              ["", "left"],
              ["Difference", "right"],
              [`${Math.round(100 * confidence)}% interval`, "right"],
              ["p", "right"],
              ["Could be shown", "right"],
              ["Block", "right"],
            ],
            rows.map(([name, test, show]) => [
              cell(name),
              cell(show(test.difference)),
              cell(`${show(test.low)} to ${show(test.high)}`),
              cell(test.pValue.toFixed(3)),
              cell(show(test.detectable)),
              cell(count(test.blockLength)),
            ]),
          ),
        ]),
    ...(reasons.length === 0 ? [] : [bullets(reasons)]),
    paragraph(
      cell(
        `${count(periods)} pairs of returns${each}, correlation ${ratio(correlation)}; ${count(resamples)} resamples of blocks of days, the same days for both.`,
        "dim",
      ),
    ),
  ];
}

function nameOf({ name, params }: CompareReport["a"]): string {
  const values = Object.entries(params).map(([param, value]) => `${param} ${String(value)}`);
  return values.length === 0 ? name : `${name} (${values.join(", ")})`;
}
