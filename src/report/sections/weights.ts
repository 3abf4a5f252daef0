import { percent } from "../../domain/format.ts";
import { SERIES } from "../charts/colour.ts";
import { timeChart, type TimeSeries } from "../charts/time-chart.ts";
import { figure } from "../figure.ts";
import { html, type Html } from "../html.ts";
import type { Sheet } from "../sheet.ts";
import { shortPercent } from "../short-number.ts";
import { pointNote, timeTable } from "../time-table.ts";

/** What was held: stacked to the exposure where all of it is long, else line by line beside the exposure. */
export function weights(sheet: Sheet): Html {
  const { course, times, metrics } = sheet;
  const { symbols, others } = course.weights;
  if (symbols.length === 0) return html`<p class="note">Nothing was ever held.</p>`;
  const held: TimeSeries[] = [
    ...symbols.map(({ symbol, weights: values }, i) => ({
      name: symbol,
      colour: SERIES[i] ?? "others",
      values,
    })),
    ...(others === null ? [] : [{ name: "others", colour: "others" as const, values: others }]),
  ];
  const longOnly = held.every(({ values }) => values.every((value) => (value ?? 0) >= 0));
  const exposure: TimeSeries = { name: "exposure", colour: "ink", values: course.exposure, dashed: true };
  const series = longOnly ? held.map((one) => ({ ...one, filled: true })) : [...held, exposure];
  const all = series.flatMap(({ values }) => values).filter((value) => value !== null);
  const scale = longOnly
    ? { low: 0, high: 1.02 * Math.max(...course.exposure) }
    : { low: 1.02 * Math.min(0, ...all), high: 1.02 * Math.max(0, ...all) };
  return figure({
    id: "weights",
    title: "Exposure and weights",
    caption: `${
      longOnly
        ? "Shares of equity, stacked: their sum is the exposure"
        : "Shares of equity, shorts below zero; the exposure is the sum without signs"
    }, ${percent(metrics.exposure)} on average.${others === null ? "" : ` The ${symbols.length} largest symbols on average, the rest together.`}${pointNote(sheet, "the mean is shown")}`,
    legend: series.map(({ name, colour }) => ({ name, colour })),
    height: 300,
    narrowHeight: 260,
    draw: (size, id) =>
      timeChart(
        {
          id,
          title: "Weights over time",
          description: `Weights of ${held.map(({ name }) => name).join(", ")}; mean exposure ${percent(metrics.exposure)}.`,
          times,
          series,
          stacked: longOnly,
          scale: { ...scale, format: shortPercent },
        },
        size,
      ),
    tables: [
      timeTable(
        sheet,
        "Exposure and weights",
        [{ ...exposure, name: "Exposure" }, ...held].map(({ name, values }) => ({
          name,
          values,
          format: percent,
        })),
      ),
    ],
  });
}
