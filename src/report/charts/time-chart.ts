import type { EChartsOption } from "echarts";
import { plotArea, timeAxis, valueAxis, type ValueScale } from "./axes.ts";
import { type Colour, standIn } from "./colour.ts";
import { drawSvg, type Size, type Wording } from "./draw-svg.ts";
import { thin } from "./thin.ts";

export interface TimeSeries {
  readonly name: string;
  readonly colour: Colour;
  readonly values: readonly (number | null)[];
  /** Filled towards zero, or towards the series below where it is stacked. */
  readonly filled?: boolean;
  readonly dashed?: boolean;
}

export type Option = NonNullable<EChartsOption["series"]>;

export interface TimeChart extends Wording {
  /** Epoch milliseconds, ascending. */
  readonly times: readonly number[];
  readonly series: readonly TimeSeries[];
  readonly scale: ValueScale;
  readonly stacked?: boolean;
  /** What is drawn over the lines. */
  readonly over?: Extract<Option, readonly unknown[]>;
}

/** Lines or areas over time. */
export function timeChart(chart: TimeChart, size: Size): string {
  const { times, series, scale, stacked = false } = chart;
  const { axis, left } = valueAxis(scale, size);
  const from = times[0] ?? 0;
  const to = times.at(-1) ?? 1;
  // One point per pixel and a half is all that an eye can tell apart.
  const kept = stacked ? thin(times, size.width / 2) : null;
  return drawSvg(
    {
      grid: plotArea(left),
      xAxis: timeAxis(from, to, size),
      yAxis: axis,
      series: [
        ...series.map(({ name, colour, values, filled, dashed }) => ({
          type: "line" as const,
          name,
          data: (kept ?? thin(times, size.width, values)).map((i) => [times[i] ?? 0, values[i] ?? null]),
          silent: true,
          emphasis: { disabled: true },
          showSymbol: false,
          ...(stacked ? { stack: "all" } : {}),
          itemStyle: { color: standIn(colour) },
          lineStyle: {
            color: standIn(colour),
            width: stacked ? 0 : 1.5,
            type: dashed === true ? ("dashed" as const) : ("solid" as const),
          },
          ...(filled === true
            ? { areaStyle: { color: standIn(colour), opacity: stacked ? 0.75 : 0.18, origin: 0 } }
            : {}),
        })),
        ...(chart.over ?? []),
      ],
    },
    size,
    chart,
  );
}
