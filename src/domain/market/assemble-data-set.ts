import { contentHash } from "../hash.ts";
import type { MarketData, SymbolSeries } from "../ports.ts";
import { type Bars, barsContent } from "./bars.ts";
import type { DataSet } from "./data-set.ts";
import { createPanel } from "./panel.ts";

/**
 * The series of a window as one data set, with the source's index over the same time.
 * @param window epoch milliseconds; no series holds a bar that closes after its end
 * @returns `hash` covers source, window and bars: equal content has an equal hash
 */
export async function assembleDataSet(
  market: MarketData,
  series: readonly SymbolSeries[],
  window: { readonly from: number; readonly to: number },
): Promise<{ dataSet: DataSet; hash: string }> {
  const { from, to } = window;
  const bars = series.map((one) => one.bars);
  const panel = createPanel(bars);
  const benchmark = await benchmarkBars(market, bars, to);
  const content = function* (): Generator<string | Float64Array> {
    yield `${market.source}|${from}|${to}`;
    for (const one of benchmark === null ? bars : [...bars, benchmark]) yield* barsContent(one);
  };
  const hash = contentHash(content());
  const { source, simulated } = market;
  const findings = series.flatMap((one) => one.findings);
  return {
    dataSet: { id: hash.slice(0, 16), source, simulated, panel, benchmark, from, to, findings },
    hash,
  };
}

/** The source's index, where it has one of the same interval and calendar. */
async function benchmarkBars(market: MarketData, bars: readonly Bars[], until: number): Promise<Bars | null> {
  const name = market.benchmark;
  const [first] = bars;
  if (name === null || first === undefined) return null;
  const held = bars.find((one) => one.symbol === name);
  if (held !== undefined) return held;
  const { bars: index } = await market.series(name, until);
  return index.interval === first.interval && index.calendar === first.calendar ? index : null;
}
