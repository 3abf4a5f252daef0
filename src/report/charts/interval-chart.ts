import type { EChartsOption } from "echarts";
import { plotArea } from "./axes.ts";
import { type Colour, standIn } from "./colour.ts";
import { drawSvg, FONT_SIZE, type Size, type Wording } from "./draw-svg.ts";
import { niceTicks } from "./ticks.ts";

/** An estimate with the ends of its interval. */
export interface Interval {
  readonly name: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly colour: Colour;
}

export interface IntervalChart extends Wording {
  readonly intervals: readonly Interval[];
  /** A line to hold them against, such as no difference. */
  readonly reference: number;
  readonly format: (value: number) => string;
}

type Custom = Extract<NonNullable<EChartsOption["series"]>, { type?: "custom" }>;
type Draw = NonNullable<Custom["renderItem"]>;

const CHARACTER = FONT_SIZE * 0.58;
const POINT = 5;

/** Estimates with their intervals from top to bottom, against a line: a forest plot. */
export function intervalChart(
  { intervals, reference, format, ...wording }: IntervalChart,
  size: Size,
): string {
  const left = Math.ceil(Math.max(...intervals.map(({ name }) => name.length)) * CHARACTER) + 12;
  const ends = intervals.flatMap(({ low, high, value }) => [low, high, value]);
  const [least, most] = [Math.min(reference, ...ends), Math.max(reference, ...ends)];
  const room = (most - least) * 0.05 || 1;
  const [low, high] = [least - room, most + room];
  const ticks = niceTicks(low, high, Math.max(2, Math.floor(size.width / 90)));
  const draw: Draw = (_, api) => {
    const one = intervals[Number(api.value(1))];
    if (one === undefined) return null;
    const [from, to, at] = [one.low, one.high, one.value].map((x) => api.coord([x, api.value(1)]));
    const colour = standIn(one.colour);
    return {
      type: "group",
      children: [
        {
          type: "line",
          shape: { x1: from?.[0] ?? 0, y1: from?.[1] ?? 0, x2: to?.[0] ?? 0, y2: to?.[1] ?? 0 },
          style: { stroke: colour, lineWidth: 2 },
        },
        { type: "circle", shape: { cx: at?.[0] ?? 0, cy: at?.[1] ?? 0, r: POINT }, style: { fill: colour } },
      ],
    };
  };
  return drawSvg(
    {
      grid: plotArea(left),
      xAxis: {
        type: "value",
        min: low,
        max: high,
        axisTick: { lineStyle: { color: standIn("line") }, customValues: ticks },
        axisLine: { lineStyle: { color: standIn("line") }, onZero: false },
        axisLabel: {
          color: standIn("muted"),
          fontSize: FONT_SIZE,
          customValues: ticks,
          formatter: (value: number) => format(value),
        },
        splitLine: { show: false },
      },
      yAxis: {
        type: "category",
        inverse: true,
        data: intervals.map(({ name }) => name),
        axisTick: { show: false },
        axisLine: { show: false },
        axisLabel: { color: standIn("ink"), fontSize: FONT_SIZE, interval: 0 },
      },
      series: [
        {
          type: "custom",
          silent: true,
          renderItem: draw,
          data: intervals.map(({ value }, row) => [value, row]),
          markLine: {
            silent: true,
            symbol: "none",
            label: { show: false },
            lineStyle: { color: standIn("muted"), type: "dashed" },
            data: [{ xAxis: reference }],
          },
        },
      ],
    },
    size,
    wording,
  );
}
