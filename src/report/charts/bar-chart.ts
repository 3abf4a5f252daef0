import { plotArea } from "./axes.ts";
import { standIn } from "./colour.ts";
import { drawSvg, FONT_SIZE, type Size, type Wording } from "./draw-svg.ts";

export interface BarChart extends Wording {
  readonly bars: readonly { readonly name: string; readonly value: number }[];
  readonly format: (value: number) => string;
}

const CHARACTER = FONT_SIZE * 0.58;

/** Amounts by name, from top to bottom, each with its figure. */
export function barChart({ bars, format, ...wording }: BarChart, size: Size): string {
  const left = Math.ceil(Math.max(...bars.map(({ name }) => name.length)) * CHARACTER) + 12;
  const right = Math.ceil(Math.max(...bars.map(({ value }) => format(value).length)) * CHARACTER) + 14;
  return drawSvg(
    {
      grid: plotArea(left, 6, 6, right),
      xAxis: { type: "value", show: false, min: Math.min(0, ...bars.map(({ value }) => value)) },
      yAxis: {
        type: "category",
        inverse: true,
        data: bars.map(({ name }) => name),
        axisTick: { show: false },
        axisLine: { show: false },
        axisLabel: { color: standIn("ink"), fontSize: FONT_SIZE },
      },
      series: [
        {
          type: "bar",
          silent: true,
          barMaxWidth: 26,
          itemStyle: { color: standIn("series1") },
          data: bars.map(({ value }) => value),
          label: {
            show: true,
            position: "right",
            color: standIn("ink"),
            fontSize: FONT_SIZE,
            formatter: ({ dataIndex }) => format(bars[dataIndex]?.value ?? 0),
          },
        },
      ],
    },
    size,
    wording,
  );
}
