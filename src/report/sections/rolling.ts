import { percent, ratio } from "../../domain/format.ts";
import { timeChart } from "../charts/time-chart.ts";
import { figure } from "../figure.ts";
import { html, type Html } from "../html.ts";
import type { Sheet } from "../sheet.ts";
import { shortNumber, shortPercent } from "../short-number.ts";
import { timeTable } from "../time-table.ts";

/** How the ratio and the risk changed on the way. */
export function rolling(sheet: Sheet): Html {
  const { course, times } = sheet;
  if (course.rolling === null) {
    return html`<p class="note">Rolling figures are left out: the run has too few bars for a window.</p>`;
  }
  const { bars, sharpe, volatility } = course.rolling;
  const window = `Of the ${bars} bars before, per year.`;
  return html`<div class="pair">
    ${chart("rolling-sharpe", "Rolling Sharpe ratio", sharpe, shortNumber, ratio)}${chart(
      "rolling-volatility",
      "Rolling volatility",
      volatility,
      shortPercent,
      percent,
    )}
  </div>`;

  function chart(
    id: string,
    title: string,
    values: readonly (number | null)[],
    short: (value: number) => string,
    format: (value: number) => string,
  ): Html {
    const known = values.filter((value) => value !== null);
    if (known.length === 0) return html`<p class="note">${title}: the returns never vary.</p>`;
    const low = Math.min(0, ...known);
    const high = Math.max(0, ...known);
    return figure({
      id,
      title,
      caption: window,
      half: true,
      height: 260,
      draw: (size, drawn) =>
        timeChart(
          {
            id: drawn,
            title,
            description: `${title} over ${bars} bars: between ${format(Math.min(...known))} and ${format(Math.max(...known))}, at the end ${format(known.at(-1) ?? 0)}.`,
            times,
            series: [{ name: title, colour: "series1", values }],
            scale: { low: low * 1.05, high: high * 1.05, format: short },
          },
          size,
        ),
      tables: [timeTable(sheet, title, [{ name: title, values, format }])],
    });
  }
}
