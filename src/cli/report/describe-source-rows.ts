import type { DataReport } from "../../domain/market/data-set.ts";
import type { BacktestSettings } from "../../domain/backtest/settings.ts";
import { barTime, counted, duration } from "../format.ts";
import type { Block } from "../markdown/block.ts";
import { cell, facts } from "../markdown/compose.ts";
import type { Line } from "../terminal/span.ts";
import { describePrices, describeSource } from "./describe-header.ts";
import { describeSettings } from "./describe-settings.ts";

type Row = readonly [name: string, value: Line];

/** The head of a report of a single computation: data, period and settings. */
export function sourceRows(data: DataReport, settings: BacktestSettings): Row[] {
  const period = `${barTime(data.from, data.interval)} to ${barTime(data.to, data.interval)}`;
  return [
    ["Data", describeSource(data.source, data.simulated)],
    ["Symbols", cell(data.symbols.join(", "))],
    ["Period", cell(`${period}, ${counted(data.rows, "bar")} of ${data.interval}`)],
    ["Settings", cell(describeSettings(settings))],
    ["Prices", cell(describePrices(data.adjustment, settings))],
  ];
}

/** Its foot: how to find and repeat it. */
export function identityRows(
  report: { readonly runId: string; readonly code: string; readonly seed: number; readonly data: DataReport },
  ms: number,
): Block {
  return facts([
    ["Run", cell(`${report.runId}, ${duration(ms)}`)],
    ["Code", cell(`FinAgent ${report.code}, seed ${report.seed}, data ${report.data.hash.slice(0, 12)}`)],
  ]);
}
