import { describe, expect, it } from "vitest";
import { dailyBars } from "../../../tests/support/daily-bars.ts";
import { last } from "../market/column.ts";
import { createPanel } from "../market/panel.ts";
import { MarketView } from "../market/view.ts";
import { createBook } from "./book.ts";
import { fitMarket } from "./market-fit.ts";
import { type StressedBook, stressLosses } from "./stress.ts";

const BOOK: StressedBook = {
  positions: [
    { symbol: "A", weight: 0.6, volatility: 0.3 },
    { symbol: "B", weight: 0.4, volatility: 0.2 },
  ],
  volatility: 0.25,
  beta: { value: 1.2, marketVolatility: 0.15, name: "SPY" },
  confidence: 0.95,
};

function lossOf(scenario: string, book: StressedBook): number {
  return stressLosses(book).find((one) => one.scenario === scenario)?.return ?? NaN;
}

describe("stress losses by hand", () => {
  it("market: beta x move less a month of what the index leaves unexplained", () => {
    // 1.2 x -10% less sqrt(0.25^2 - (1.2 x 0.15)^2) / sqrt(12) = 0.173494 / 3.464102.
    expect(lossOf("Index down 10%", BOOK)).toBeCloseTo(-0.12 - 0.050083, 6);
    // 1987: 224.84 / 282.70 - 1 = -20.467%.
    expect(lossOf("Crash of 1987", BOOK)).toBeCloseTo(-1.2 * 0.204669 - 0.050083, 5);
  });

  it("market without a benchmark: beta 1, and said so", () => {
    const assumed = { ...BOOK, beta: null };
    expect(lossOf("Index down 10%", assumed)).toBeCloseTo(-0.1, 12);
    expect(stressLosses(assumed)[0]?.description).toContain("beta 1, ASSUMED");
    const halfInvested = { ...assumed, positions: [{ symbol: "A", weight: 0.5, volatility: 0.3 }] };
    expect(lossOf("Index down 10%", halfInvested)).toBeCloseTo(-0.05, 12);
  });

  it("volatility and correlation: 1.645 monthly deviations", () => {
    expect(lossOf("Volatility doubled", BOOK)).toBeCloseTo((-1.644854 * 2 * 0.25) / 3.464102, 6);
    // 0.6 x 30% + 0.4 x 20% = 26% a year when all move together.
    expect(lossOf("Correlation to one", BOOK)).toBeCloseTo((-1.644854 * 0.26) / 3.464102, 6);
  });

  it("gap: a quarter of the largest position, long or short", () => {
    expect(lossOf("Gap in the largest position", BOOK)).toBeCloseTo(-0.15, 12);
    const short = { ...BOOK, positions: [{ symbol: "A", weight: -0.8, volatility: 0.3 }] };
    expect(lossOf("Gap in the largest position", short)).toBeCloseTo(-0.2, 12);
    const beside = { ...BOOK, positions: [...BOOK.positions.slice(1), ...short.positions] };
    expect(lossOf("Gap in the largest position", beside)).toBeCloseTo(-0.2, 12);
  });

  it("a book without shorts loses at most what is invested", () => {
    const wild = { ...BOOK, volatility: 0.6, beta: { value: 3, marketVolatility: 0.15, name: "SPY" } };
    expect(lossOf("Financial crisis 2007-2009", wild)).toBe(-1);
  });
});

describe("a market fit", () => {
  const days = 60;
  const market = Float64Array.from({ length: days }, (_, t) => 100 * (1 + 0.01 * Math.sin(t * 1.7)));
  /** Moves exactly `factor` times as much as the market does. */
  const levered = (factor: number): Float64Array => {
    const close = new Float64Array(days).fill(100);
    for (let t = 1; t < days; t += 1) {
      const move = (market[t] ?? NaN) / (market[t - 1] ?? NaN) - 1;
      close[t] = (close[t - 1] ?? NaN) * (1 + factor * move);
    }
    return close;
  };
  const bars = (symbol: string, close: Float64Array) => dailyBars(symbol, { open: close, close });
  const panel = createPanel([bars("A", levered(2)), bars("B", levered(0.5))]);
  const index = bars("I", market);
  const view = new MarketView(panel, last(index.closeTime));

  it("finds the betas of names and book", () => {
    const book = createBook(view, 50, { weights: { A: 0.5, B: 0.25 } });
    const fit = fitMarket(view, book, index, { lookback: 50, periodsPerYear: 252 });
    expect(fit.symbolBetas).toEqual([expect.closeTo(2, 10), expect.closeTo(0.5, 10)]);
    expect(fit.beta).toBeCloseTo(1.125, 10);
  });

  it("has none where the index stands still", () => {
    const book = createBook(view, 50, { symbols: ["A"] });
    const still = bars("I", new Float64Array(days).fill(100));
    const fit = fitMarket(view, book, still, { lookback: 50, periodsPerYear: 252 });
    expect(fit.beta).toEqual({ absent: "The benchmark did not move." });
  });
});
