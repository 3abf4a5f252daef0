import type { BacktestSettings } from "../../domain/backtest/settings.ts";
import { resultWords } from "../../domain/run/provenance-words.ts";
import type { RunReport } from "../../domain/run/report.ts";
import { barTime, count, counted } from "../format.ts";
import type { Block } from "../markdown/block.ts";
import { cell, facts, heading } from "../markdown/compose.ts";
import type { Line } from "../terminal/span.ts";
import { describeSettings } from "./describe-settings.ts";

/** What was run, on what data and under which assumptions. */
export function describeHeader(report: RunReport): Block[] {
  const { backtest, data } = report;
  const interval = data?.interval ?? "1d";
  const rows: (readonly [string, Line])[] = [];
  if (data !== null) {
    rows.push(["Data", describeSource(data.source, data.simulated)]);
    rows.push(["Symbols", cell(data.symbols.join(", "))]);
  }
  if (backtest !== null) {
    const period = `${barTime(backtest.from, interval)} to ${barTime(backtest.to, interval)}`;
    rows.push(["Period", cell(`${period}, ${counted(backtest.bars, "bar")} of ${interval}`)]);
    rows.push(["Decisions", cell(count(backtest.decisions))]);
    rows.push(["Settings", cell(describeSettings(backtest.settings))]);
  } else if (data !== null) {
    const period = `${barTime(data.from, interval)} to ${barTime(data.to, interval)}`;
    rows.push(["Period", cell(`${period}, ${counted(data.rows, "bar")} of ${interval}`)]);
  }
  const result = resultWords(report);
  if (result !== null && report.status !== "partial") rows.push(["Result", cell(result)]);
  if (data !== null) rows.push(["Prices", cell(describePrices(data.adjustment, backtest?.settings))]);
  return [heading(titleOf(report), 1), facts(rows)];
}

/** What the prices are that decisions are made on and fills come at. */
export function describePrices(
  adjustment: string,
  settings: Pick<BacktestSettings, "prices" | "dividends"> | undefined,
): string {
  const adjusted =
    adjustment === "unknown"
      ? "the source does not say what they are adjusted for"
      : `adjusted for ${adjustedFor(adjustment)}`;
  if (settings?.prices !== "raw") return adjusted;
  const paid = settings.dividends === "cash" ? "paid in cash" : "reinvested";
  return `raw for fills, with splits applied and dividends ${paid}; for decisions ${adjusted}`;
}

/** `splits-and-dividends` -> `splits, dividends`. */
export function adjustedFor(adjustment: string): string {
  return adjustment === "none" ? "nothing" : adjustment.replace("-and-", ", ");
}

/** The source, and in capitals where its prices never were paid. */
export function describeSource(source: string, simulated: boolean): Line {
  return simulated
    ? [...cell("SIMULATED", "bold", "yellow"), ...cell(" market: none of these prices is real")]
    : cell(source);
}

function titleOf({ backtest, request, status }: RunReport): string {
  if (backtest === null) return status === "partial" ? `Partial run: ${request}` : request;
  if (status === "partial") return "Partial pipeline: the agents, as far as the model decided";
  if (backtest.strategy === "agents") return "Pipeline: the agents, rolling through the period";
  const params = Object.entries(backtest.params).map(([name, value]) => `${name} ${String(value)}`);
  return `Backtest: ${backtest.strategy}${params.length === 0 ? "" : ` (${params.join(", ")})`}`;
}
