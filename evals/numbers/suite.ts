import type { MarketData } from "../../src/domain/ports.ts";
import type { DailyRow } from "../../src/domain/market/daily-series.ts";
import { simulatedMarketData } from "../../src/adapters/simulated/simulated-market-data.ts";
import { at } from "../../src/domain/market/column.ts";
import { askInTurn, type Turn } from "../support/ask-in-turn.ts";
import { hasRealData, realFolder, realRows } from "../support/real-data.ts";
import type { Suite } from "../support/suite.ts";
import { NUMBERS_CASES, type NumbersCase, PUBLISHED_SYMBOLS } from "./cases.ts";
import type { RawBars } from "./expected.ts";
import { publishedFigures, type PublishedFigures } from "./published.ts";
import { criteriaOf, scoreNumbers } from "./score.ts";

/** A question on a whole file, with figures of somebody else's program. */
export interface PublishedCase {
  readonly id: string;
  readonly kind: "published";
  readonly request: string;
  readonly asOf: string;
  readonly symbols: readonly string[];
}

export interface NumbersSeen extends Pick<Turn, "report" | "error"> {
  /** The bars that the answer is about, as they stand in the files, or as the simulated market gave them. */
  readonly bars: RawBars;
  readonly published: PublishedFigures | null;
}

const published: readonly PublishedCase[] = PUBLISHED_SYMBOLS.map((symbol) => ({
  id: `published-${symbol}`,
  kind: "published",
  request: `What were the change, the volatility and the largest drawdown of ${symbol} from 2022-08-16 to 2025-08-15?`,
  asOf: "2025-08-15",
  symbols: [symbol],
}));

const MARKETS = 3;

export const suite: Suite<NumbersCase | PublishedCase, NumbersSeen> = {
  name: "numbers",
  claim: "Figures in answers are those that anybody computes from the same bars by the field's formulas.",
  cases: hasRealData ? [...NUMBERS_CASES, ...published] : NUMBERS_CASES,
  absent: hasRealData
    ? []
    : ["Real prices and published figures are not here: the questions are asked of a simulated market."],
  criteria: criteriaOf,
  observe: async (subject, one, seed) => {
    const marketSeed = (seed % MARKETS) + 1;
    const settings = {
      seed: marketSeed,
      asOf: one.asOf,
      data: hasRealData ? (`csv:${realFolder("daily")}` as const) : "simulated",
    };
    const { turns } = await askInTurn(subject, { settings, conversations: [[one.request]] });
    const { report = null, error = null } = turns[0] ?? {};
    const market = simulatedMarketData({ seed: marketSeed, clock: { now: () => Date.now() } });
    const bars: Record<string, readonly DailyRow[]> = {};
    for (const symbol of one.symbols)
      bars[symbol] = hasRealData ? realRows("daily", `${symbol}.csv`) : await simulatedRows(market, symbol);
    return { report, error, bars, published: publishedFigures(one.symbols[0] ?? "") };
  },
  score: scoreNumbers,
};

async function simulatedRows(market: MarketData, symbol: string): Promise<DailyRow[]> {
  const { bars } = await market.series(symbol, Infinity);
  return Array.from({ length: bars.length }, (_, i) => ({
    date: new Date(at(bars.time, i)).toISOString().slice(0, "2020-01-01".length),
    open: at(bars.open, i),
    high: at(bars.high, i),
    low: at(bars.low, i),
    close: at(bars.close, i),
  }));
}
