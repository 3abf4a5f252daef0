import { sparkline } from "../../domain/backtest/sparkline.ts";
import type { RunReport } from "../../domain/run/report.ts";
import { barTime, money, percent } from "../format.ts";
import type { Block } from "../markdown/block.ts";
import { cell, heading, paragraph } from "../markdown/compose.ts";

const WIDEST = 100;

/** The equity curve as a line of blocks, from where to where it went, and the deepest fall on the way. */
export function describeEquity(report: RunReport, width: number): Block[] {
  const { equity, metrics } = report;
  const first = equity[0];
  const last = equity.at(-1);
  // Cash that nothing was bought with draws a flat line.
  const idle = metrics?.trades === 0 && metrics.exposure === 0;
  if (first === undefined || last === undefined || idle) return [];
  const interval = report.data?.interval ?? "1d";
  const values = equity.map(([, value]) => value);
  const fall = deepestFall(equity);
  return [
    heading("Equity"),
    paragraph(
      cell(sparkline(values, Math.min(width, WIDEST)), "cyan"),
      cell(
        `\n${barTime(first[0], interval)} ${money(first[1])}  →  ${barTime(last[0], interval)} ${money(last[1])}`,
      ),
      ...(metrics?.maxDrawdown === null || metrics === null || fall === null
        ? []
        : [
            cell(
              `\nDeepest drawdown ${percent(metrics.maxDrawdown, 2)}: from ${barTime(fall.peak, interval)} to ${barTime(fall.trough, interval)}`,
            ),
          ]),
    ),
  ];
}

/** When the maximum drawdown began and where it was deepest. */
function deepestFall(equity: RunReport["equity"]): { peak: string; trough: string } | null {
  let high = -Infinity;
  let highAt = "";
  let deepest = 0;
  let fall: { peak: string; trough: string } | null = null;
  for (const [time, value] of equity) {
    if (value > high) {
      high = value;
      highAt = time;
    }
    if (value / high - 1 < deepest) {
      deepest = value / high - 1;
      fall = { peak: highAt, trough: time };
    }
  }
  return fall;
}
