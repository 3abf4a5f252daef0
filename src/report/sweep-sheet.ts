import type { SweepReport, SweepRow } from "../domain/backtest/sweep/sweep-report.ts";
import { lessIsBetter, SCORE_FIELDS, type ScoreField } from "../domain/backtest/sweep/score.ts";
import { thinMap } from "../domain/backtest/sweep/thin-map.ts";
import { barTime, count, counted } from "../domain/format.ts";
import { figure } from "./figure.ts";
import { METRICS } from "./figures.ts";
import { heatMap, heatMapHeight } from "./heat-map.ts";
import { html, type Html } from "./html.ts";
import { page, section } from "./page.ts";
import { verdict } from "./sections/verdict.ts";
import { settingRows } from "./setting-rows.ts";
import { table } from "./table.ts";

/** A page with more of them is slow to open and shows no more. */
const MOST_CELLS = { rows: 80, columns: 80 };

/**
 * A sweep's report as one HTML document that needs nothing else: the verdict, the best combinations, and the heat
 * map with the table behind it.
 */
export function sweepSheet(report: SweepReport): string {
  const { data, metric, combinations } = report;
  const [name] = METRICS[metric];
  return page({
    title: `Sweep: ${report.strategy}`,
    lead: [
      data.symbols.join(", "),
      `${barTime(data.from, data.interval)} to ${barTime(data.to, data.interval)}`,
      `${counted(data.rows, "bar")} of ${data.interval}`,
      `${count(combinations.tried)} of ${counted(combinations.inGrid, "combination")}`,
    ].join(" · "),
    badges: data.simulated ? ["SIMULATED"] : [],
    body: html`${verdict({ verdict: report.verdict, backtest: { flags: report.flags } })}
    ${section("best", `The best by ${name}`, bestTable(report))} ${mapSection(report)}
    ${section("provenance", "Grid, settings and provenance", provenance(report))}`,
    foot: html`<p>
      FinAgent ${report.code}. Figures of the past say little about the future. Times are UTC.
    </p>`,
  });
}

function bestTable({ best, plateau, worst, grid, metric }: SweepReport): Html {
  const show = (field: ScoreField, value: number | null): string =>
    value === null ? "n/a" : METRICS[field][1](value);
  const line = (label: string, row: SweepRow): string[] => [
    label,
    ...grid.map(({ name }) => String(row.params[name] ?? "")),
    ...SCORE_FIELDS.map((field) => show(field, row.figures[field])),
    show(metric, row.neighbours.median),
  ];
  return table({
    caption: "Combinations",
    columns: [
      { name: "Place" },
      ...grid.map(({ name }) => ({ name, numeric: true })),
      ...SCORE_FIELDS.map((field) => ({ name: METRICS[field][0], numeric: true })),
      { name: "Median of neighbours", numeric: true },
    ],
    rows: [
      ...best.map((row, place) => line(String(place + 1), row)),
      ...(plateau === null ? [] : [line("best neighbours", plateau)]),
      line("worst", worst),
    ],
    note: "Neighbours are one step away in one or two parameters: a good one among good ones is more likely to go on than a good one alone.",
  });
}

function mapSection({ map: whole, metric, median }: SweepReport): Html | null {
  if (whole === null) return null;
  const map = thinMap(whole, MOST_CELLS);
  const [name, show] = METRICS[metric];
  // The colours are for more; of costs and the like less is better than the median.
  const sign = lessIsBetter(metric) ? -1 : 1;
  const { rows, columns, values, others, best } = map;
  const [down, across] = [whole.rows.values.length, whole.columns.values.length];
  const thinned =
    rows.values.length < down || columns.values.length < across
      ? ` Shown are ${rows.values.length} of ${down} values of ${rows.name} and ${columns.values.length} of ${across} of ${columns.name}, evenly; the JSON report has all.`
      : "";
  const of = others.length === 0 ? "" : ` A cell is the median over ${others.join(", ")}.`;
  return section(
    "map",
    `${name} over ${rows.name} and ${columns.name}`,
    figure({
      id: "heat-map",
      title: name,
      caption: `Deeper green is better, deeper red is worse. The frame is the best combination; empty cells were refused, or have no value.${of}${thinned}`,
      height: heatMapHeight(rows.values.length),
      draw: (size, id) =>
        heatMap(
          {
            id,
            title: `${name} over ${rows.name} and ${columns.name}`,
            description: `The best is ${rows.name} ${rows.values[best.row] ?? ""}, ${columns.name} ${columns.values[best.column] ?? ""}.`,
            rows: rows.values,
            columns: columns.values,
            rowsName: rows.name,
            columnsName: columns.name,
            values: values.map((row) => row.map((value) => (value === null ? null : sign * value))),
            format: (value) => show(sign * value),
            ...(sign < 0 ? { centre: -(median ?? 0) } : {}),
            framed: best,
          },
          size,
        ),
      tables: [
        {
          caption: name,
          columns: [
            { name: `${rows.name} \\ ${columns.name}` },
            ...columns.values.map((value) => ({ name: value, numeric: true })),
          ],
          rows: rows.values.map((value, row) => [
            value,
            ...(values[row] ?? []).map((one) => (one === null ? "" : show(one))),
          ]),
        },
      ],
    }),
  );
}

function provenance(report: SweepReport): Html {
  const { grid, params, settings, combinations, data } = report;
  return table({
    caption: "What was computed",
    columns: [{ name: "What" }, { name: "Value", prose: true }],
    rows: [
      ...grid.map(({ name, values }) => [`Grid of ${name}`, values.map(String).join(", ")]),
      ...Object.entries(params).map(([name, value]) => [`Parameter ${name}`, String(value)]),
      ...combinations.refused.map(({ reason, count: number }) => [`${count(number)} refused`, reason]),
      ["Lost everything", count(combinations.lost)],
      ...settingRows(settings),
      ["Source", data.simulated ? `${data.source}, simulated` : data.source],
      ["Hash of the data", data.hash],
      ["Run", report.runId],
    ],
  });
}
