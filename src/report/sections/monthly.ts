import { percent } from "../../domain/format.ts";
import { figure } from "../figure.ts";
import { heatMap, heatMapHeight } from "../heat-map.ts";
import { html, type Html } from "../html.ts";
import type { Sheet } from "../sheet.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The colour of a month is full at this share of the largest one, so that one crash does not pale all else. */
const FULL_AT = 0.6;

/** Returns by month and year. */
export function monthly({ backtest }: Sheet): Html {
  const { yearly } = backtest;
  const byMonth = new Map(backtest.monthly);
  if (byMonth.size === 0) {
    return html`<p class="note">
      Monthly returns are left out: the equity was gone before the first month ended.
    </p>`;
  }
  const rows = yearly.map(([year]) => year);
  const values = yearly.map(([year, total]) => [
    ...MONTHS.map((_, i) => byMonth.get(`${year}-${String(i + 1).padStart(2, "0")}`) ?? null),
    total,
  ]);
  const reach = FULL_AT * Math.max(...[...byMonth.values()].map(Math.abs), 1e-9);
  return figure({
    id: "monthly",
    title: "Returns by month",
    caption:
      "In percent, with the year's return in the last column; months and years at both ends may be parts.",
    height: heatMapHeight(rows.length),
    draw: (size, id) =>
      heatMap(
        {
          id,
          title: "Returns by month and year",
          description: `${[...byMonth.values()].filter((value) => value > 0).length} of ${byMonth.size} months gained.`,
          columns: [...MONTHS, "Year"],
          rows,
          values,
          reach,
          format: (value) => percentPoints(value, size.width < 600 ? 0.0995 : 0.9995),
        },
        size,
      ),
    tables: [
      {
        caption: "Returns by month",
        columns: [{ name: "Year" }, ...[...MONTHS, "Year"].map((name) => ({ name, numeric: true }))],
        rows: rows.map((year, i) => [
          year,
          ...(values[i] ?? []).map((value) => (value === null ? "" : percent(value))),
        ]),
      },
    ],
  });
}

/** A fraction in percent without the sign of it, with a decimal below a size: 0.0123 -> 1.2, 1.234 -> 123. */
function percentPoints(fraction: number, decimalBelow: number): string {
  const text = (fraction * 100).toFixed(Math.abs(fraction) < decimalBelow ? 1 : 0);
  return Number(text) === 0 ? text.replace("-", "") : text;
}
