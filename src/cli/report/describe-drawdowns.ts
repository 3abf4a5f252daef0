import type { RunReport } from "../../domain/run/report.ts";
import { barTime, count, percent } from "../format.ts";
import type { Block } from "../markdown/block.ts";
import { cell, heading, table } from "../markdown/compose.ts";

const DEEPEST = 3;

/** The deepest drawdowns: from the high to the trough and to where the high was reached again. */
export function describeDrawdowns({ backtest, data }: RunReport): Block[] {
  const drawdowns = backtest?.drawdowns.slice(0, DEEPEST) ?? [];
  if (drawdowns.length === 0) return [];
  const interval = data?.interval ?? "1d";
  return [
    heading("Drawdowns"),
    table(
      [
        ["Depth", "right"],
        ["High", "left"],
        ["Trough", "left"],
        ["Recovery", "left"],
        ["Days", "right"],
        ["Bars", "right"],
      ],
      drawdowns.map(({ depth, start, trough, recovery, days, bars }) => [
        cell(percent(depth, 2)),
        cell(barTime(start, interval)),
        cell(barTime(trough, interval)),
        recovery === null ? cell("not yet", "dim") : cell(barTime(recovery, interval)),
        cell(count(days)),
        cell(count(bars)),
      ]),
    ),
  ];
}
