import { LookaheadError } from "../errors.ts";
import type { Bars } from "../market/bars.ts";
import { type Column, last } from "../market/column.ts";
import type { MarketView } from "../market/view.ts";
import { absent, isAbsent, type Statistic } from "../statistic.ts";
import { beta } from "./beta.ts";
import { type Book, bookReturns } from "./book.ts";
import { commonTimes, MINIMUM_BARS, windowAt, windowTimes } from "./common-window.ts";
import { volatility } from "./volatility.ts";

/** How a book moves with a benchmark, over the bars that all of them have in common. */
export interface MarketFit {
  readonly benchmark: string;
  readonly beta: Statistic;
  /** In the order of the book's symbols. */
  readonly symbolBetas: readonly Statistic[];
  /** Annualised, of the benchmark. */
  readonly volatility: Statistic;
}

/** @throws LookaheadError where the benchmark holds bars that the view does not know */
export function fitMarket(
  view: MarketView,
  book: Book,
  benchmark: Bars,
  options: { readonly lookback: number; readonly periodsPerYear: number },
): MarketFit {
  if (benchmark.length > 0 && last(benchmark.closeTime) > view.asOf) {
    throw new LookaheadError(`The benchmark ${benchmark.symbol} reaches past the view's time.`, {
      symbol: benchmark.symbol,
      boundTo: new Date(view.asOf).toISOString(),
    });
  }
  const time = commonTimes(book.window.time, windowTimes(benchmark, options.lookback));
  const [market = new Float64Array(0)] = windowAt([benchmark], time).returns;
  const { returns } =
    time.length === book.window.length
      ? book.window
      : windowAt(
          book.symbols.map((symbol) => view.bars(symbol)),
          time,
        );
  const short = absent(
    `Only ${time.length} bars in common with ${benchmark.symbol}; a beta needs ${MINIMUM_BARS}.`,
  );
  const enough = time.length >= MINIMUM_BARS;
  const fit = (column: Column): Statistic => (enough ? beta(column, market) : short);
  return {
    benchmark: benchmark.symbol,
    beta: fit(bookReturns(returns, book.weightColumn)),
    symbolBetas: returns.map(fit),
    volatility: enough ? volatility(market, options.periodsPerYear) : short,
  };
}

/** Beta and market volatility for the stress scenarios, or null where either is absent. */
export function stressBeta(
  fit: MarketFit | null,
): { value: number; marketVolatility: number; name: string } | null {
  if (fit === null || isAbsent(fit.beta) || isAbsent(fit.volatility)) return null;
  return { value: fit.beta, marketVolatility: fit.volatility, name: fit.benchmark };
}
