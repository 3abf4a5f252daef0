/**
 * Draws docs/tear-sheet.svg: the head and the first charts of a real run's tear sheet, on the simulated market as of
 * a fixed day. `node docs/tear-sheet.ts` writes it anew.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadConfig } from "../src/config.ts";
import { percent, ratio } from "../src/domain/format.ts";
import { type Colour, cssColour } from "../src/report/charts/colour.ts";
import { escapeHtml } from "../src/report/html.ts";
import { COLOUR_STYLES } from "../src/report/styles.ts";
import { tearSheet } from "../src/report/tear-sheet.ts";
import { createRuntime } from "../src/runtime.ts";
import { backtestStrategyTool } from "../src/tools/backtest-strategy.ts";

const RUN = { strategy: "sma-cross", symbols: ["AAPL", "JPM", "XOM"], from: "2021-01-04", detail: true };
const AS_OF = "2026-03-31";

const WIDTH = 1120;
const MARGIN = 20;

/** The charts taken from the page, by id, with their headings. */
const CHARTS = [
  [
    "equity-wide",
    `Equity, on a log scale: ${coloured("the strategy", "series1")}, ${coloured("buy and hold", "series2")}, ${coloured("the index", "series3")}`,
  ],
  [
    "drawdown-wide",
    `Under water: ${coloured("the strategy", "loss")} with its worst five drawdowns, ${coloured("buy and hold", "series2")}`,
  ],
  ["monthly-wide", "Returns by month, in percent"],
] as const;

function coloured(words: string, colour: Colour): string {
  return `<tspan fill="${cssColour(colour)}">${words}</tspan>`;
}

export async function drawSheet(): Promise<string> {
  const runtime = createRuntime(loadConfig({ asOf: AS_OF }, {}, "no-such-file.yaml"));
  const report = await runtime.run(backtestStrategyTool, RUN);
  const page = tearSheet(report);
  let y = 168;
  const charts = CHARTS.map(([id, heading]) => {
    const end = page.indexOf("</svg>", page.indexOf(`id="${id}-title"`)) + "</svg>".length;
    const svg = page.slice(page.lastIndexOf("<svg", end - 7), end);
    const height = Number(/viewBox="0 0 \d+ (\d+)"/.exec(svg)?.[1]);
    const placed = svg
      .replace("<svg ", `<svg x="${MARGIN}" y="${y + 12}" width="${WIDTH - 2 * MARGIN}" height="${height}" `)
      .replace(' role="img"', "");
    const drawn = `<text x="${MARGIN}" y="${y}" class="heading">${heading}</text>${placed}`;
    y += height + 60;
    return drawn;
  });
  const { metrics, benchmark, verdict } = report;
  const figures = [
    `Total return ${percent(metrics?.totalReturn)} (buy and hold ${percent(benchmark?.metrics.totalReturn)})`,
    `Sharpe ${ratio(metrics?.sharpe)}`,
    `max drawdown ${percent(metrics?.maxDrawdown)}`,
    `volatility ${percent(metrics?.volatility)}`,
    `${metrics?.trades ?? 0} trades`,
  ].join(" · ");
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y}" viewBox="0 0 ${WIDTH} ${y}" role="img" aria-label="A tear sheet: verdict, key figures, equity, drawdowns and monthly returns">
<style>${COLOUR_STYLES}
text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
.title { font-size: 24px; font-weight: 700; fill: var(--ink); }
.lead { font-size: 15px; fill: var(--muted); }
.badge { font-size: 13px; font-weight: 700; fill: var(--warn); }
.verdict { font-size: 22px; font-weight: 700; fill: var(--loss); }
.heading { font-size: 16px; font-weight: 600; fill: var(--ink); }
</style>
<rect width="100%" height="100%" rx="8" fill="var(--surface)"/>
<text x="${MARGIN}" y="40" class="title">Backtest: ${RUN.strategy} on ${RUN.symbols.join(", ")}</text>
<rect x="${MARGIN}" y="53" width="96" height="22" rx="4" fill="var(--warn-panel)" stroke="var(--warn)"/>
<text x="${MARGIN + 48}" y="69" text-anchor="middle" class="badge">SIMULATED</text>
<text x="${MARGIN + 108}" y="69" class="lead">${report.backtest?.from.slice(0, 10)} to ${report.backtest?.to.slice(0, 10)}</text>
<text x="${MARGIN}" y="106" class="verdict">Verdict: ${verdict?.conclusion}</text>
<text x="${MARGIN}" y="132" class="lead">${escapeHtml(figures)}</text>
${charts.join("\n")}
</svg>
`;
}

if (import.meta.main) {
  writeFileSync(fileURLToPath(new URL("tear-sheet.svg", import.meta.url)), await drawSheet());
}
