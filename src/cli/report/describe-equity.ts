import { sparkline } from "../../domain/backtest/sparkline.ts";
import type { RunReport } from "../../domain/run/report.ts";
import { barTime, money, percent } from "../format.ts";
import type { Block } from "../markdown/block.ts";
import { cell, heading, paragraph } from "../markdown/compose.ts";
import type { Line } from "../terminal/span.ts";
import { drawDrawdown } from "./draw-drawdown.ts";

const WIDEST = 100;
const DRAWDOWN_ROWS = 3;
const NO_BREAK_SPACE = "\u00a0";

/** The equity curve as a line of blocks, from where to where it went, and below it how far it fell on the way. */
export function describeEquity(report: RunReport, screen: number): Block[] {
  const { equity, metrics } = report;
  const first = equity[0];
  const last = equity.at(-1);
  // Cash that nothing was bought with draws a flat line.
  const idle = metrics?.trades === 0 && metrics.exposure === 0;
  if (first === undefined || last === undefined || idle) return [];
  const interval = report.data?.interval ?? "1d";
  const values = equity.map(([, value]) => value);
  const worst = report.backtest?.drawdowns[0];
  const depth = worst === undefined ? "" : `${percent(worst.depth, 0)} `;
  const width = Math.min(screen, WIDEST) - depth.length;
  return [
    heading("Equity"),
    paragraph(
      cell(NO_BREAK_SPACE.repeat(depth.length)),
      cell(sparkline(values, width), "cyan"),
      ...(worst === undefined ? [] : drawdownLines(values, depth, width)),
      cell(
        `\n${barTime(first[0], interval)} ${money(first[1])}  →  ${barTime(last[0], interval)} ${money(last[1])}`,
      ),
      ...(worst === undefined
        ? []
        : [
            cell(
              `\nDeepest drawdown ${percent(worst.depth, 2)}: from ${barTime(worst.start, interval)} to ${barTime(worst.trough, interval)}, ${worst.recovery === null ? "not recovered" : `recovered on ${barTime(worst.recovery, interval)}`}`,
            ),
          ]),
    ),
  ];
}

/** The area under the curve with its two ends named: no fall at the top, the deepest at the bottom. */
function drawdownLines(values: readonly number[], depth: string, width: number): Line[] {
  return drawDrawdown(values, width, DRAWDOWN_ROWS).flatMap((line, row) => {
    const label = row === 0 ? "0% " : row === DRAWDOWN_ROWS - 1 ? depth : "";
    return [
      cell(`\n${label.padStart(depth.length).replaceAll(" ", NO_BREAK_SPACE)}`, "dim"),
      cell(line, "red"),
    ];
  });
}
