import { money } from "../../domain/format.ts";
import { timeChart, type TimeSeries } from "../charts/time-chart.ts";
import { figure } from "../figure.ts";
import type { Html } from "../html.ts";
import type { Sheet } from "../sheet.ts";
import { shortNumber } from "../short-number.ts";
import { pointNote, timeTable } from "../time-table.ts";

/** The worth of the account beside what it is compared with, on a log scale: equal distances are equal returns. */
export function equity(sheet: Sheet): Html {
  const { course, backtest, benchmark, report, times } = sheet;
  const series: TimeSeries[] = [
    ...(course.market === null
      ? []
      : [{ name: report.market?.name ?? "Index", colour: "series3" as const, values: course.market }]),
    { name: benchmark.name, colour: "series2", values: course.benchmark },
    { name: backtest.strategy, colour: "series1", values: course.equity },
  ];
  const values = series.flatMap((one) => one.values).filter((value) => value !== null);
  const low = Math.min(...values);
  const high = Math.max(...values);
  // A debt has no logarithm.
  const log = low > 0;
  const room = log ? (high / low) ** 0.04 : 1;
  const shown = series.toReversed();
  return figure({
    id: "equity",
    title: "Equity",
    caption: `In money, ${log ? "on a log scale" : "on a linear scale, as the equity fell to zero or below"}; all begin with ${money(backtest.settings.capital)}.${pointNote(sheet, "the last value is shown")}`,
    legend: shown.map(({ name, colour }) => ({ name, colour })),
    height: 380,
    narrowHeight: 300,
    draw: (size, id) =>
      timeChart(
        {
          id,
          title: "Equity over time",
          description: `${backtest.strategy} went from ${money(course.equity[0] ?? 0)} to ${money(course.equity.at(-1) ?? 0)}; ${benchmark.name} ended at ${money(course.benchmark.at(-1) ?? 0)}.`,
          times,
          series,
          scale: { low: low / room, high: high * room, log, format: shortNumber },
        },
        size,
      ),
    tables: [
      timeTable(
        sheet,
        "Equity",
        shown.map(({ name, values }) => ({ name, values, format: money })),
      ),
    ],
  });
}
