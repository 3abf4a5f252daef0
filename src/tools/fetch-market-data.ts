import { z } from "zod";
import { companyName } from "../domain/market/directory.ts";
import { FinAgentError } from "../domain/errors.ts";
import { contentHash } from "../domain/hash.ts";
import { barsContent, type Bars } from "../domain/market/bars.ts";
import { calendarOf } from "../domain/market/calendars.ts";
import { at } from "../domain/market/column.ts";
import { type DataReport, type DataSet, dataReportSchema } from "../domain/market/data-set.ts";
import { createPanel } from "../domain/market/panel.ts";
import { resolveWindow, windowSchema } from "../domain/market/window.ts";
import type { SymbolSeries } from "../domain/ports.ts";
import { symbolsSchema } from "../domain/run/symbols-input.ts";
import { defineTool, type ToolContext } from "./tool.ts";

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

async function fetchMarketData(ctx: ToolContext, input: FetchInput): Promise<DataReport> {
  const { market } = ctx;
  const asOf = ctx.asOf ?? (await market.latest(input.symbols));
  const [leader] = input.symbols;
  const calendar = calendarOf((await market.series(leader ?? "", asOf)).bars.calendar);
  const window = resolveWindow(input, asOf, calendar);
  // Nothing that closes after the window's end is in the data set.
  const series: SymbolSeries[] = [];
  for (const symbol of input.symbols) series.push(await market.series(symbol, window.to));
  const bars = series.map((one) => one.bars);
  const panel = createPanel(bars);
  const benchmark = await benchmarkBars(ctx, bars, window.to);
  const content = function* (): Generator<string | Float64Array> {
    yield `${market.source}|${window.from}|${window.to}|${asOf}`;
    for (const one of benchmark === null ? bars : [...bars, benchmark]) yield* barsContent(one);
  };
  const hash = contentHash(content());
  const dataSet: DataSet = {
    id: hash.slice(0, 16),
    source: market.source,
    simulated: market.simulated,
    panel,
    benchmark,
    from: window.from,
    to: window.to,
    asOf,
    findings: series.flatMap((one) => one.findings),
  };
  const report = describe(dataSet, hash);
  await ctx.artifacts.put("data-set", dataSet);
  return report;
}

/** The source's index, where it has one of the same interval and calendar. */
async function benchmarkBars(ctx: ToolContext, bars: readonly Bars[], until: number): Promise<Bars | null> {
  const name = ctx.market.benchmark;
  const [first] = bars;
  if (name === null || first === undefined) return null;
  const held = bars.find((one) => one.symbol === name);
  if (held !== undefined) return held;
  const { bars: index } = await ctx.market.series(name, until);
  return index.interval === first.interval && index.calendar === first.calendar ? index : null;
}

function describe(dataSet: DataSet, hash: string): DataReport {
  const { panel } = dataSet;
  let rows = 0;
  let historyRows = 0;
  let first = Infinity;
  let last = -Infinity;
  for (let row = 0; row < panel.rows; row++) {
    const time = at(panel.time, row);
    if (time < dataSet.from) historyRows += 1;
    else if (time <= dataSet.to) {
      rows += 1;
      first = Math.min(first, time);
      last = Math.max(last, time);
    }
  }
  if (rows === 0) {
    throw new FinAgentError(
      "EMPTY_WINDOW",
      `${panel.symbols.join(", ")}: no bars between ${day(dataSet.from)} and ${day(dataSet.to)}.`,
      {
        hint: `The source has bars from ${day(at(panel.time, 0))} to ${day(at(panel.time, panel.rows - 1))}.`,
        details: { from: day(dataSet.from), to: day(dataSet.to) },
      },
    );
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
    to: new Date(last).toISOString(),
    asOf: new Date(dataSet.asOf).toISOString(),
    rows,
    historyRows,
    prices: panel.bars.map((bars) => priceSummary(bars, dataSet)),
    findings: [...dataSet.findings],
    hash,
  };
}

function priceSummary(bars: Bars, dataSet: DataSet): DataReport["prices"][number] {
  let count = 0;
  let first = NaN;
  let last = NaN;
  let high = -Infinity;
  let low = Infinity;
  for (let i = 0; i < bars.length; i++) {
    const time = at(bars.time, i);
    if (time < dataSet.from || time > dataSet.to) continue;
    if (count === 0) first = at(bars.close, i);
    last = at(bars.close, i);
    high = Math.max(high, at(bars.high, i));
    low = Math.min(low, at(bars.low, i));
    count += 1;
  }
  if (count === 0) {
    throw new FinAgentError(
      "EMPTY_WINDOW",
      `${bars.symbol} has no bars between ${day(dataSet.from)} and ${day(dataSet.to)}.`,
      {
        hint:
          bars.length === 0
            ? "Choose a later as-of day."
            : `It has bars from ${day(at(bars.time, 0))} to ${day(at(bars.time, bars.length - 1))}.`,
        details: { symbol: bars.symbol },
      },
    );
  }
  return {
    symbol: bars.symbol,
    name: companyName(bars.symbol),
    bars: count,
    first,
    last,
    change: last / first - 1,
    high,
    low,
  };
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
