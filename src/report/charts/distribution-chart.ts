import { shortNumber, shortPercent } from "../short-number.ts";
import { plotArea, valueAxis } from "./axes.ts";
import { standIn } from "./colour.ts";
import { drawSvg, FONT_SIZE, type Size, type Wording } from "./draw-svg.ts";
import { niceTicks } from "./ticks.ts";

export interface DistributionChart extends Wording {
  readonly from: number;
  readonly binWidth: number;
  readonly counts: readonly number[];
  /** What another distribution would have in each bin. */
  readonly expected: readonly number[];
}

/** A histogram with a line for comparison. */
export function distributionChart(chart: DistributionChart, size: Size): string {
  const { from, binWidth, counts, expected } = chart;
  const to = from + counts.length * binWidth;
  const { axis, left } = valueAxis(
    { low: 0, high: 1.05 * Math.max(...counts, ...expected), format: shortNumber },
    size,
  );
  const ticks = niceTicks(from, to, Math.floor(size.width / 70));
  const middle = (i: number): number => from + (i + 0.5) * binWidth;
  return drawSvg(
    {
      grid: plotArea(left),
      xAxis: {
        type: "value",
        min: from,
        max: to,
        axisTick: { lineStyle: { color: standIn("line") }, customValues: ticks },
        axisLine: { lineStyle: { color: standIn("line") } },
        axisLabel: {
          color: standIn("muted"),
          fontSize: FONT_SIZE,
          customValues: ticks,
          formatter: (value: number) => shortPercent(value),
        },
        splitLine: { show: false },
      },
      yAxis: axis,
      series: [
        {
          type: "bar",
          silent: true,
          barWidth: Math.max(1, (size.width - left - 16) / counts.length - 1),
          itemStyle: { color: standIn("series1"), opacity: 0.75 },
          data: counts.map((number, i) => [middle(i), number]),
        },
        {
          type: "line",
          silent: true,
          smooth: true,
          showSymbol: false,
          lineStyle: { color: standIn("series2"), width: 2 },
          data: expected.map((number, i) => [middle(i), number]),
        },
      ],
    },
    size,
    chart,
  );
}
