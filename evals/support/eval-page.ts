import { count, percent } from "../../src/domain/format.ts";
import { SERIES } from "../../src/report/charts/colour.ts";
import { figure } from "../../src/report/figure.ts";
import { html, type Html } from "../../src/report/html.ts";
import { page, section } from "../../src/report/page.ts";
import { table } from "../../src/report/table.ts";
import { countsLine, countsOf, passedOf } from "./counts.ts";
import { standing } from "./describe-evals.ts";
import { type Interval, intervalChart, intervalHeight } from "./interval-chart.ts";
import type { EvalReport, SubjectResult, SuiteResult } from "./result.ts";
import { suiteNames } from "./suite-names.ts";
import { wilson } from "./wilson.ts";

/** The results as one HTML document that needs nothing else: shares with intervals side by side, and every failed sample. */
export function evalPage(report: EvalReport): string {
  const { subjects, seed, startedAt, stopped, code } = report;
  return page({
    title: "Evals",
    lead: `${countsLine(subjects)} · seed ${seed} · ${startedAt.slice(0, 16).replace("T", " ")} UTC`,
    badges: [...(stopped === null ? [] : ["STOPPED"]), ...(countsOf(subjects).failed > 0 ? ["FAILED"] : [])],
    body: html`${stopped === null ? null : html`<p>${stopped}</p>`}
    ${section("shares", "Samples that passed", shares(subjects))}
    ${section("claims", "What each suite claims", claims(subjects))}
    ${section("subjects", "Subjects", standings(subjects))}
    ${section("failed", "Failed samples", failed(subjects))} ${measured(subjects)}`,
    foot: html`<p>
      FinAgent ${code}. A sample passes where all its criteria do; intervals are Wilson's, at 95%.
    </p>`,
  });
}

function shares(subjects: readonly SubjectResult[]): Html {
  const names = suiteNames(subjects);
  const rows: Interval[] = names.flatMap((suite) =>
    subjects.flatMap((one, index) => {
      const found = one.suites.find((result) => result.suite === suite);
      const { passed, total } = found === undefined ? { passed: 0, total: 0 } : passedOf(found);
      const share = wilson(passed, total);
      return share === null ? [] : [{ group: suite, series: index, ...share }];
    }),
  );
  const height = intervalHeight(rows);
  return figure({
    id: "shares",
    title: "Share of samples that passed, by suite",
    caption:
      "The dot is the share, the line its 95% interval: where two lines overlap widely, the samples do not tell the two apart.",
    legend: subjects.map(({ subject }, index) => ({
      name: subject,
      colour: SERIES[index % SERIES.length] ?? "others",
    })),
    height,
    draw: (size, id) =>
      intervalChart(
        {
          id,
          title: "Share of samples that passed",
          description: "By suite and subject; the table below has the figures.",
          rows,
        },
        size,
      ),
    tables: [shareTable(names, subjects)],
  });
}

function shareTable(
  names: readonly string[],
  subjects: readonly SubjectResult[],
): Parameters<typeof table>[0] {
  return {
    caption: "Passed samples, share and 95% interval",
    columns: [{ name: "Suite" }, ...subjects.map(({ subject }) => ({ name: subject, numeric: true }))],
    rows: names.map((name) => [
      name,
      ...subjects.map((one) => inWords(one.suites.find(({ suite }) => suite === name))),
    ]),
  };
}

function inWords(suite: SuiteResult | undefined): string {
  if (suite === undefined) return "not run";
  const { passed, total } = passedOf(suite);
  const share = wilson(passed, total);
  const missing = suite.notRun.length === 0 ? "" : `, ${count(suite.notRun.length)} not run`;
  if (share === null) return `not run${missing}`;
  return `${count(passed)}/${count(total)} · ${percent(share.share)} (${percent(share.low)} to ${percent(share.high)})${missing}`;
}

function claims(subjects: readonly SubjectResult[]): Html {
  const of = new Map(
    subjects.flatMap(({ suites }) => suites.map(({ suite, claim }) => [suite, claim] as const)),
  );
  return table({
    caption: "A subject that passes can do this",
    columns: [{ name: "Suite" }, { name: "Claim", prose: true }],
    rows: [...of],
  });
}

function standings(subjects: readonly SubjectResult[]): Html {
  return table({
    caption: "Who was examined",
    columns: [
      { name: "Subject" },
      { name: "What stood behind it", prose: true },
      { name: "Seconds", numeric: true },
    ],
    rows: subjects.map((one) => [one.subject, standing(one), count(one.ms / 1000)]),
  });
}

function failed(subjects: readonly SubjectResult[]): Html {
  const rows = subjects.flatMap(({ subject, suites }) =>
    suites.flatMap(({ suite, samples }) =>
      samples.flatMap(({ id, scores }) =>
        scores
          .filter(({ passed }) => !passed)
          .map(({ criterion, detail }) => [`${suite}/${id}`, subject, criterion, detail]),
      ),
    ),
  );
  if (rows.length === 0) return html`<p>None.</p>`;
  return table({
    caption: "Each criterion that failed",
    columns: [
      { name: "Sample" },
      { name: "Subject" },
      { name: "Criterion" },
      { name: "Expected and seen", prose: true },
    ],
    rows,
  });
}

function measured(subjects: readonly SubjectResult[]): Html | null {
  const rows = subjects.flatMap(({ subject, suites }) =>
    suites.flatMap(({ suite, samples }) =>
      samples.flatMap(({ id, measurements }) =>
        measurements.map(({ name, value }) => [
          `${suite}/${id}`,
          subject,
          name,
          String(Number(value.toPrecision(4))),
        ]),
      ),
    ),
  );
  if (rows.length === 0) return null;
  return section(
    "measured",
    "Measured, not judged",
    html`<details>
      <summary>${count(rows.length)} figures</summary>
      ${table({
        caption: "Figures of each sample",
        columns: [
          { name: "Sample" },
          { name: "Subject" },
          { name: "Figure" },
          { name: "Value", numeric: true },
        ],
        rows,
      })}
    </details>`,
  );
}
