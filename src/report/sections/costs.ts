import { money, percent, ratio } from "../../domain/format.ts";
import { barChart } from "../charts/bar-chart.ts";
import { timeChart } from "../charts/time-chart.ts";
import { figure } from "../figure.ts";
import { html, type Html } from "../html.ts";
import { words } from "../words.ts";
import type { Sheet } from "../sheet.ts";
import { shortNumber } from "../short-number.ts";
import { timeTable } from "../time-table.ts";

/** What trading cost by kind, and how much was traded. */
export function costs(sheet: Sheet): Html {
  const { backtest, course, metrics, times } = sheet;
  const kinds = Object.entries(backtest.costs).map(([kind, value]) => ({ name: words(kind), value }));
  const drawn = kinds.filter(({ value }) => value !== 0);
  let traded = 0;
  const cumulative = course.turnover.map((value) => (traded += value));
  const paid =
    drawn.length === 0
      ? html`<p class="note">Trading cost nothing.</p>`
      : figure({
          id: "costs",
          title: "Costs by kind",
          caption: `In money over the whole run: ${money(metrics.costs)}, ${percent(metrics.costs / backtest.settings.capital)} of the capital.`,
          half: true,
          height: 40 * Math.max(1, drawn.length) + 12,
          draw: (size, id) =>
            barChart(
              {
                id,
                title: "Costs by kind",
                description: drawn.map(({ name, value }) => `${name} ${money(value)}`).join(", "),
                bars: drawn,
                format: money,
              },
              size,
            ),
          tables: [
            {
              caption: "Costs by kind",
              columns: [{ name: "Kind" }, { name: "Money", numeric: true }],
              rows: [...kinds.map(({ name, value }) => [name, money(value)]), ["All", money(metrics.costs)]],
            },
          ],
        });
  if (!(traded > 0)) return html`<div class="pair">${paid}</div>`;
  const turnover = figure({
    id: "turnover",
    title: "Turnover",
    caption: `Money traded / equity, added up from the start${metrics.turnover === null ? "" : `; ${ratio(metrics.turnover)} times the equity per year`}.`,
    half: true,
    height: 220,
    draw: (size, id) =>
      timeChart(
        {
          id,
          title: "Turnover, added up",
          description: `In all ${ratio(traded)} times the equity was traded.`,
          times,
          series: [{ name: "turnover", colour: "series1", values: cumulative, filled: true }],
          scale: { low: 0, high: traded * 1.05, format: shortNumber },
        },
        size,
      ),
    tables: [
      timeTable(sheet, "Turnover, added up", [{ name: "Times equity", values: cumulative, format: ratio }]),
    ],
  });
  return html`<div class="pair">${turnover}${paid}</div>`;
}
