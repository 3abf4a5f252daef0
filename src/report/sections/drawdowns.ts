import { barTime, count, percent } from "../../domain/format.ts";
import { standIn } from "../charts/colour.ts";
import { timeChart } from "../charts/time-chart.ts";
import { figure } from "../figure.ts";
import { html, type Html } from "../html.ts";
import type { Sheet } from "../sheet.ts";
import { shortPercent } from "../short-number.ts";
import { table } from "../table.ts";
import { pointNote, timeTable } from "../time-table.ts";

const WORST = 5;

/** Marks of falls below this share of the deepest would cover the axis. */
const WORTH_MARKING = 0.08;

/** How far below its highest value the account was, and the worst of these times one by one. */
export function drawdowns(sheet: Sheet): Html {
  const { backtest, benchmark, course, times, interval } = sheet;
  const worst = backtest.drawdowns.slice(0, WORST);
  const marked = worst.filter(({ depth }) => depth < WORTH_MARKING * (worst[0]?.depth ?? 0));
  const lowest = Math.min(0, ...course.drawdown, ...course.benchmarkDrawdown);
  const drawn = figure({
    id: "drawdown",
    title: "Under water",
    caption: `Fall from the highest value so far${worst.length === 0 ? "" : "; the numbers are those of the table below"}.${pointNote(sheet, "the deepest value is shown")}`,
    legend: [
      { name: backtest.strategy, colour: "loss" },
      { name: benchmark.name, colour: "series2" },
    ],
    height: 260,
    narrowHeight: 240,
    draw: (size, id) =>
      timeChart(
        {
          id,
          title: "Drawdown over time",
          description:
            worst[0] === undefined
              ? "The equity never fell below an earlier high."
              : `The deepest drawdown was ${percent(worst[0].depth)}, reached on ${barTime(worst[0].trough, interval)}.`,
          times,
          series: [
            { name: benchmark.name, colour: "series2", values: course.benchmarkDrawdown },
            { name: backtest.strategy, colour: "loss", values: course.drawdown, filled: true },
          ],
          scale: { low: Math.max(-1, lowest * 1.08), high: 0, format: shortPercent },
          over: [
            {
              type: "scatter",
              silent: true,
              z: 5,
              symbol: "circle",
              symbolSize: 17,
              itemStyle: {
                opacity: 1,
                color: standIn("surface"),
                borderColor: standIn("loss"),
                borderWidth: 1.4,
              },
              label: {
                show: true,
                formatter: ({ dataIndex }) => String(dataIndex + 1),
                color: standIn("ink"),
                fontSize: 11,
              },
              data: marked.map(({ trough, depth }) => [Date.parse(trough), Math.max(-1, depth)]),
            },
          ],
        },
        size,
      ),
    tables: [
      timeTable(sheet, "Drawdown", [
        { name: backtest.strategy, values: course.drawdown, format: (value) => percent(value, 2) },
        { name: benchmark.name, values: course.benchmarkDrawdown, format: (value) => percent(value, 2) },
      ]),
    ],
  });
  if (worst.length === 0) return drawn;
  return html`${drawn}${table({
    caption: `The worst ${worst.length === 1 ? "drawdown" : `${worst.length} drawdowns`}`,
    columns: [
      { name: "No.", numeric: true },
      { name: "Depth", numeric: true },
      { name: "High" },
      { name: "Lowest" },
      { name: "Recovered" },
      { name: "Bars", numeric: true },
      { name: "Days", numeric: true },
    ],
    rows: worst.map(({ depth, start, trough, recovery, bars, days }, i) => [
      i + 1,
      percent(depth, 2),
      barTime(start, interval),
      barTime(trough, interval),
      recovery === null ? "not by the end" : barTime(recovery, interval),
      count(bars),
      count(days),
    ]),
  })}`;
}
