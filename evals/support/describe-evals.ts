import { count, percent } from "../../src/domain/format.ts";
import type { Block } from "../../src/cli/markdown/block.ts";
import { bullets, cell, facts, heading, paragraph, table } from "../../src/cli/markdown/compose.ts";
import type { Line } from "../../src/cli/terminal/span.ts";
import { passedOf } from "./counts.ts";
import { failures } from "./failures.ts";
import { meanWithInterval } from "./mean-interval.ts";
import type { EvalReport, SubjectResult, SuiteResult } from "./result.ts";
import { suiteNames } from "./suite-names.ts";
import { wilson } from "./wilson.ts";

/** A terminal shows so many failed criteria of a suite; the page and the JSON have all. */
const MOST_FAILURES = 20;

/** The results in a terminal: suites by subjects, then what failed, then what the figures hang on. */
export function describeEvals({ subjects, stopped }: EvalReport): Block[] {
  const names = suiteNames(subjects);
  const columns = subjects.map(({ subject }) => [subject, "right"] as const);
  const rows = names.map((name) => [cell(name), ...subjects.map((one) => share(suiteOf(one, name)))]);
  return [
    heading("Evals"),
    table([["Suite", "left"], ...columns], rows),
    paragraph(cell("Samples that passed all their criteria, with the 95% interval of the share.", "dim")),
    ...notExamined(subjects),
    ...subjects.flatMap(failed),
    ...subjects.flatMap(measured),
    heading("Subjects"),
    facts(subjects.map((one) => [one.subject, cell(standing(one))])),
    ...(stopped === null ? [] : [paragraph(cell(stopped, "yellow"))]),
  ];
}

/** What is examined where the data for it are, and was not here: each once. */
function notExamined(subjects: readonly SubjectResult[]): Block[] {
  const said = subjects.flatMap(({ suites }) =>
    suites.flatMap(({ suite, absent = [] }) => absent.map((why) => `Not run in ${suite}: ${why}`)),
  );
  return said.length === 0 ? [] : [bullets([...new Set(said)])];
}

function suiteOf({ suites }: SubjectResult, name: string): SuiteResult | undefined {
  return suites.find(({ suite }) => suite === name);
}

function share(suite: SuiteResult | undefined): Line {
  if (suite === undefined) return cell("not run", "dim");
  const { passed, total } = passedOf(suite);
  const part = wilson(passed, total);
  if (part === null) return cell("not run", "dim");
  const rest = suite.notRun.length === 0 ? "" : `, ${count(suite.notRun.length)} not run`;
  const text = `${count(passed)}/${count(total)} ${percent(part.share)} [${percent(part.low)}, ${percent(part.high)}]${rest}`;
  return cell(text, passed === total ? "green" : "red");
}

function failed(one: SubjectResult): Block[] {
  return one.suites.flatMap((suite) => {
    const all = failures({ ...suite, notRun: [] });
    if (all.length === 0) return [];
    const more = all.length - MOST_FAILURES;
    return [
      heading(`Failed: ${suite.suite}, ${one.subject}`),
      bullets([...all.slice(0, MOST_FAILURES), ...(more > 0 ? [`and ${count(more)} more`] : [])]),
    ];
  });
}

/** The intervals of one set of samples are the same each time. */
const INTERVAL_SEED = 1;

/** Means of what was measured besides, with their intervals by bootstrap. */
function measured(one: SubjectResult): Block[] {
  const rows = one.suites.flatMap((suite) =>
    [
      ...Map.groupBy(
        suite.samples.flatMap((sample) => sample.measurements),
        ({ name }) => name,
      ),
    ].map(([name, of]): Line[] => {
      const values = of.map(({ value }) => value);
      const { mean, low, high } = meanWithInterval(values, INTERVAL_SEED);
      const figures = [mean, low, high].map((value) => String(Number(value.toPrecision(3))));
      return [
        cell(suite.suite),
        cell(name),
        cell(figures[0] ?? ""),
        cell(`[${figures.slice(1).join(", ")}]`),
        cell(count(of.length)),
      ];
    }),
  );
  if (rows.length === 0) return [];
  return [
    heading(`Measured: ${one.subject}`),
    table(
      [
        ["Suite", "left"],
        ["Figure", "left"],
        ["Mean", "right"],
        ["95% interval", "right"],
        ["Samples", "right"],
      ],
      rows,
    ),
  ];
}

/** Prompt versions, what it was trained on and what it cost, in a sentence. */
export function standing({ prompts, cutoff, costUsd }: SubjectResult): string {
  const versions = Object.entries(prompts).map(([agent, version]) => `${agent} ${version}`);
  const cost = costUsd === null ? "cost not known" : `cost ${costUsd.toFixed(4)} USD`;
  return `Prompts ${versions.join(", ")}; ${cutoff === null ? "training cutoff not stated" : `trained up to ${cutoff}`}; ${cost}.`;
}
