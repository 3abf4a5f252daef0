import type { EChartsOption } from "echarts";
import { standIn } from "./colour.ts";
import { logTicks, niceTicks } from "./ticks.ts";
import { FONT_SIZE, type Size } from "./draw-svg.ts";

type Grid = Extract<EChartsOption["grid"], { left?: unknown }>;
type XAxis = Extract<NonNullable<EChartsOption["xAxis"]>, { type?: unknown }>;
type YAxis = Extract<NonNullable<EChartsOption["yAxis"]>, { type?: unknown }>;

/** Width of a character of the axis labels, on the wide side of what fonts have. */
const CHARACTER = FONT_SIZE * 0.58;

const LABEL = { color: standIn("muted"), fontSize: FONT_SIZE } as const;

/** A vertical axis with its ticks chosen here, so that the margin fits their labels. */
export interface ValueScale {
  readonly low: number;
  readonly high: number;
  readonly log?: boolean;
  readonly format: (value: number) => string;
}

export function valueAxis(scale: ValueScale, size: Size): { axis: YAxis; left: number } {
  const most = Math.max(2, Math.floor(size.height / 45));
  const { low, high } = scale.high > scale.low ? scale : { low: scale.low - 1, high: scale.low + 1 };
  const ticks = scale.log === true ? logTicks(low, high, most) : niceTicks(low, high, most);
  const widest = Math.max(...ticks.map((tick) => scale.format(tick).length));
  return {
    left: Math.ceil(widest * CHARACTER) + 12,
    axis: {
      type: scale.log === true ? "log" : "value",
      min: low,
      max: high,
      axisTick: { show: false, customValues: ticks },
      axisLine: { show: false },
      axisLabel: { ...LABEL, customValues: ticks, formatter: (value: number) => scale.format(value) },
      splitLine: { lineStyle: { color: standIn("line") }, customValues: ticks } as NonNullable<
        YAxis["splitLine"]
      >,
    },
  };
}

/** Time from left to right, in UTC. */
export function timeAxis(from: number, to: number, size: Size): XAxis {
  return {
    type: "time",
    min: from,
    max: to,
    splitNumber: Math.max(2, Math.floor(size.width / 120)),
    axisTick: { lineStyle: { color: standIn("line") } },
    axisLine: { lineStyle: { color: standIn("line") }, onZero: false },
    axisLabel: {
      ...LABEL,
      hideOverlap: true,
      formatter: {
        year: "{yyyy}",
        month: "{MMM} '{yy}",
        day: "{d} {MMM}",
        hour: "{HH}:{mm}",
        minute: "{HH}:{mm}",
      },
    },
    splitLine: { show: false },
  };
}

/** Names from left to right or from bottom to top. */
export function nameAxis(names: readonly string[]): XAxis {
  return {
    type: "category",
    data: [...names],
    axisTick: { show: false },
    axisLine: { show: false },
    axisLabel: { ...LABEL, interval: 0 },
    splitLine: { show: false },
    splitArea: { show: false },
  };
}

/** Where the plot stands within the picture. */
export function plotArea(left: number, top = 12, bottom = 28, right = 16): Grid {
  return { left, right, top, bottom };
}
