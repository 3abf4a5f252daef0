import { count, percent } from "../../domain/format.ts";
import { distributionChart } from "../charts/distribution-chart.ts";
import { figure } from "../figure.ts";
import { html, type Html } from "../html.ts";
import type { Sheet } from "../sheet.ts";
import { normalProbability } from "../../domain/backtest/statistics/normal-probability.ts";

/** How often which return came, beside what a normal distribution would have. */
export function distribution({ course, interval }: Sheet): Html {
  const found = course.distribution;
  if (found === null) {
    return html`<p class="note">The distribution of returns is left out: too few returns, or all alike.</p>`;
  }
  const { bars, idleBars, mean, deviation, from, binWidth, counts } = found;
  const last = counts.length - 1;
  const expected = counts.map((_, i) => {
    const below = (edge: number): number => normalProbability((edge - mean) / deviation);
    const lower = i === 0 ? 0 : below(from + i * binWidth);
    const upper = i === last ? 1 : below(from + (i + 1) * binWidth);
    return bars * (upper - lower);
  });
  const edge = (i: number): string => percent(from + i * binWidth, digitsFor(binWidth));
  const range = (i: number): string => {
    if (i === 0) return `below ${edge(1)}`;
    return i === last ? `from ${edge(last)}` : `${edge(i)} to ${edge(i + 1)}`;
  };
  const idle = idleBars === 0 ? "" : ` ${count(idleBars)} bars without a position are left out.`;
  return figure({
    id: "distribution",
    title: "Distribution of returns",
    caption: `${count(bars)} returns per bar (${interval}), mean ${percent(mean, 3)}, standard deviation ${percent(deviation, 2)}; the outermost bars hold all that lies beyond.${idle}`,
    legend: [
      { name: "Returns", colour: "series1" },
      { name: "Normal with the same mean and deviation", colour: "series2" },
    ],
    height: 300,
    narrowHeight: 250,
    draw: (size, id) =>
      distributionChart(
        {
          id,
          title: "Distribution of returns",
          description: `Histogram of ${count(bars)} returns with the normal distribution of the same mean and deviation.`,
          from,
          binWidth,
          counts,
          expected,
        },
        size,
      ),
    tables: [
      {
        caption: "Returns by size",
        columns: [
          { name: "Return" },
          { name: "Bars", numeric: true },
          { name: "Normal would have", numeric: true },
        ],
        rows: counts.map((number, i) => [range(i), count(number), (expected[i] ?? 0).toFixed(1)]),
      },
    ],
  });
}

/** Enough decimals of a percentage to tell two edges apart. */
function digitsFor(width: number): number {
  return Math.min(6, Math.max(1, Math.ceil(-Math.log10(width * 100)) + 1));
}
