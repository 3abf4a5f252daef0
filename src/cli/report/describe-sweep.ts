import type { SweepReport, SweepRow } from "../../domain/backtest/sweep/sweep-report.ts";
import type { ScoreField } from "../../domain/backtest/sweep/score.ts";
import { count, counted, duration } from "../format.ts";
import type { Block, Table } from "../markdown/block.ts";
import { leastWidth } from "../markdown/draw-table.ts";
import { bullets, cell, facts, heading, paragraph, table } from "../markdown/compose.ts";
import { METRICS } from "../../report/figures.ts";
import type { Format, Line } from "../terminal/span.ts";
import { identityRows, sourceRows } from "./describe-source-rows.ts";
import { drawSweepMap } from "./draw-sweep-map.ts";

const WIDEST_MAP = 108;

const SHOWN: readonly ScoreField[] = ["totalReturn", "sharpe", "maxDrawdown", "trades", "winRate"];

const CONCLUSION_FORMATS: Readonly<Record<SweepReport["verdict"]["conclusion"], Format>> = {
  "no evidence": "red",
  weak: "yellow",
  "holds up": "green",
};

/** A sweep as a report for the terminal. */
export function describeSweep(report: SweepReport, ms: number, screen: number): Block[] {
  const { verdict, map, metric } = report;
  const [name, show] = METRICS[metric];
  return [
    heading(`Sweep: ${report.strategy}`, 1),
    facts(headerRows(report)),
    heading(`The best by ${name}`),
    bestTable(report, screen),
    ...(map === null
      ? []
      : [
          heading(
            `${name} over ${map.rows.name} and ${map.columns.name}${map.others.length === 0 ? "" : ` (median over ${map.others.join(", ")})`}`,
          ),
          paragraph(
            ...drawSweepMap(map, metric, Math.min(screen, WIDEST_MAP), show).map((line, row) =>
              row === 0 ? line : [...cell("\n"), ...line],
            ),
          ),
        ]),
    heading("Verdict"),
    paragraph(cell(verdict.conclusion, "bold", CONCLUSION_FORMATS[verdict.conclusion])),
    bullets([...verdict.reasons, ...report.flags]),
    { kind: "rule" },
    paragraph(cell(describeWork(report), "dim")),
    identityRows(report, ms),
  ];
}

function headerRows(report: SweepReport): (readonly [string, Line])[] {
  const { data, combinations, grid } = report;
  const { inGrid, tried, refused, lost, withoutValue } = combinations;
  const fixed = Object.entries(report.params).map(([name, value]) => `${name} ${String(value)}`);
  const refusals = refused.map(({ reason, count: number }) => `${count(number)} refused: ${reason}`);
  const left = [
    ...refusals,
    ...(lost === 0 ? [] : [`${count(lost)} lost everything`]),
    ...(withoutValue === 0 ? [] : [`${count(withoutValue)} without a value to rank by`]),
  ];
  return [
    ...sourceRows(data, report.settings),
    ["Grid", cell(grid.map(describeAxis).join("; "))],
    ...(fixed.length === 0 ? [] : [["Fixed", cell(fixed.join(", "))] as const]),
    [
      "Combinations",
      cell(`${count(tried)} of ${count(inGrid)}${left.length === 0 ? "" : `; ${left.join("; ")}`}`),
    ],
  ];
}

function describeAxis({ name, values }: SweepReport["grid"][number]): string {
  const texts = values.map(String);
  return `${name} ${texts.length <= 6 ? texts.join(", ") : `${texts.slice(0, 2).join(", ")} … ${texts.at(-1) ?? ""} (${texts.length})`}`;
}

/** With as many figures as the screen has room for; the JSON and the HTML report have all. */
function bestTable(report: SweepReport, screen: number): Block {
  const { metric } = report;
  const fields = [metric, ...SHOWN.filter((field) => field !== metric)];
  let drawn = tableOf(report, fields);
  while (fields.length > 1 && leastWidth(drawn) > screen) {
    fields.pop();
    drawn = tableOf(report, fields);
  }
  return drawn;
}

function tableOf(report: SweepReport, fields: readonly ScoreField[]): Table {
  const { metric, best, plateau, worst, median } = report;
  const [, show] = METRICS[metric];
  const names = report.grid.map(({ name }) => name);
  const figure = (row: SweepRow, field: ScoreField): Line => {
    const value = row.figures[field];
    return value === null ? cell("n/a", "dim") : cell(METRICS[field][1](value));
  };
  const line = (label: string, row: SweepRow): Line[] => [
    cell(label, "dim"),
    ...names.map((name) => cell(String(row.params[name] ?? ""))),
    ...fields.map((field) => figure(row, field)),
    row.neighbours.median === null ? cell("n/a", "dim") : cell(show(row.neighbours.median)),
  ];
  return table(
    [
      ["", "left"],
      ...names.map((name) => [name, "right"] as const),
      ...fields.map((field) => [METRICS[field][0], "right"] as const),
      ["Neighbours", "right"],
    ],
    [
      ...best.map((row, place) => line(String(place + 1), row)),
      ...(plateau === null ? [] : [line("plateau", plateau)]),
      [
        cell("median", "dim"),
        ...names.map(() => cell("")),
        ...fields.map((field) => (field === metric && median !== null ? cell(show(median)) : cell(""))),
        cell(""),
      ],
      line("worst", worst),
    ],
  );
}

function describeWork({ work }: SweepReport): string {
  const { computed, takenOver, seconds, threads, combinationsPerSecond: rate, barsPerSecond: bars } = work;
  const taken =
    takenOver === 0 ? "" : ` ${count(takenOver)} taken over from an earlier run (--fresh computes anew).`;
  if (computed === 0 || rate === null || bars === null) return `Nothing was left to compute.${taken}`;
  return `${counted(computed, "combination")} in ${duration(1000 * seconds)} on ${counted(threads, "thread")}: ${count(rate)} a second, ${(bars / 1e6).toFixed(1)} million bars a second.${taken}`;
}
