import { z } from "zod";
import { assembleDataSet } from "../domain/market/assemble-data-set.ts";
import { DAY_MS } from "../domain/market/day.ts";
import { FinAgentError } from "../domain/errors.ts";
import type { Bars } from "../domain/market/bars.ts";
import { calendarOf } from "../domain/market/calendars.ts";
import { at, last } from "../domain/market/column.ts";
import { type DataReport, type DataSet, dataReportSchema } from "../domain/market/data-set.ts";
import { summarisePrices } from "../domain/market/price-summary.ts";
import { resolveWindow, type TimeWindow, windowSchema } from "../domain/market/window.ts";
import type { Finding } from "../domain/market/finding.ts";
import type { SymbolSeries } from "../domain/ports.ts";
import { symbolsSchema } from "../domain/run/symbols-input.ts";
import { defineTool, type ToolContext } from "./tool.ts";

/** Where a day begins first, clocks are this far ahead of UTC. */
const ZONES_AHEAD_MS = 14 * 3_600_000;

export const fetchInputSchema = z.object({ symbols: symbolsSchema }).extend(windowSchema.shape);

export type FetchInput = z.output<typeof fetchInputSchema>;

export const fetchMarketDataTool = defineTool({
  name: "fetch_market_data",
  description:
    "Fetch price bars of the named symbols for a window: from/to (YYYY-MM-DD), or lastMonths/lastDays counted back from the as-of day. Returns a dataSetId that the other agents take, with prices, quality findings, and whether the data is simulated.",
  access: "read",
  input: fetchInputSchema,
  output: dataReportSchema,
  run: fetchMarketData,
});

/** One line on what was fetched. */
export function summariseData(report: DataReport): string {
  const bars = `${report.rows.toLocaleString("en-US")} ${report.rows === 1 ? "bar" : "bars"}`;
  return `${report.symbols.join(", ")}: ${bars}, ${report.simulated ? "SIMULATED" : report.source}`;
}

async function fetchMarketData(ctx: ToolContext, input: FetchInput): Promise<DataReport> {
  const { market } = ctx;
  refuseFuture(ctx);
  const asOf = ctx.asOf ?? (await market.latest(input.symbols));
  const [leader] = input.symbols;
  const calendar = calendarOf((await market.series(leader ?? "", asOf)).bars.calendar);
  const window = resolveWindow(input, asOf, calendar);
  // Nothing that closes after the window's end is in the data set.
  const series: SymbolSeries[] = [];
  for (const symbol of input.symbols) {
    const one = await market.series(symbol, window.to);
    if (!hasBarsFrom(one.bars, window.from)) throw await outsideWindow(ctx, symbol, window, asOf);
    series.push(one);
  }
  const assembled = await assembleDataSet(market, series, window);
  const late = series.flatMap((one) => startsLate(one.bars, input.from));
  const { hash } = assembled;
  const dataSet = { ...assembled.dataSet, findings: [...assembled.dataSet.findings, ...late] };
  const report = describe(dataSet, hash);
  await ctx.artifacts.put("data-set", dataSet);
  return report;
}

/** @throws FinAgentError FUTURE_DATE where the as-of day has begun nowhere yet */
function refuseFuture({ asOf, clock }: ToolContext): void {
  const begins = (asOf ?? -Infinity) - DAY_MS - ZONES_AHEAD_MS;
  if (begins <= clock.now()) return;
  const date = day(begins + ZONES_AHEAD_MS);
  throw new FinAgentError("FUTURE_DATE", `asOf ${date} lies in the future: today is ${day(clock.now())}.`, {
    hint: "Leave it out, or choose a day up to today.",
    details: { field: "asOf", date },
  });
}

function hasBarsFrom(bars: Bars, from: number): boolean {
  return bars.length > 0 && last(bars.time) >= from;
}

/** Says what the source has of a symbol that has nothing in the window. */
async function outsideWindow(
  ctx: ToolContext,
  symbol: string,
  window: TimeWindow,
  asOf: number,
): Promise<FinAgentError> {
  const { bars } = await ctx.market.series(symbol, asOf);
  return new FinAgentError(
    "EMPTY_WINDOW",
    `${symbol} has no bars from ${window.fromDate} to ${window.toDate}.`,
    {
      hint:
        bars.length === 0
          ? "Nothing of it was known by then: choose a later as-of day."
          : `It has bars from ${day(at(bars.time, 0))} to ${day(last(bars.time))}.`,
      details: { symbol, from: window.fromDate, to: window.toDate },
    },
  );
}

/** Days after the first day asked for from which on it is said that a series begins later: holidays make up a few. */
const LATE_DAYS = 7;

function startsLate(bars: Bars, from: string | undefined): Finding[] {
  if (from === undefined || at(bars.time, 0) < Date.parse(from) + LATE_DAYS * DAY_MS) return [];
  const date = day(at(bars.time, 0));
  const message = `The data of ${bars.symbol} begins on ${date}, after the ${from} that was asked for.`;
  return [
    {
      kind: "starts-late",
      severity: "note",
      symbol: bars.symbol,
      file: null,
      line: null,
      date,
      count: 1,
      message,
    },
  ];
}

function describe(dataSet: DataSet, hash: string): DataReport {
  const { panel } = dataSet;
  let rows = 0;
  let historyRows = 0;
  let first = Infinity;
  let final = -Infinity;
  for (let row = 0; row < panel.rows; row++) {
    const time = at(panel.time, row);
    if (time < dataSet.from) historyRows += 1;
    else if (time <= dataSet.to) {
      rows += 1;
      first = Math.min(first, time);
      final = Math.max(final, time);
    }
  }
  const [leader] = panel.bars;
  return {
    dataSetId: dataSet.id,
    source: dataSet.source,
    simulated: dataSet.simulated,
    symbols: [...panel.symbols],
    benchmark: dataSet.benchmark?.symbol ?? null,
    interval: panel.interval,
    calendar: panel.calendar,
    adjustment: leader?.adjustment ?? "unknown",
    from: new Date(first).toISOString(),
    to: new Date(final).toISOString(),
    asOf: new Date(dataSet.to).toISOString(),
    rows,
    historyRows,
    prices: panel.bars.map((bars) => summarisePrices(bars, dataSet)),
    findings: [...dataSet.findings],
    hash,
  };
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
