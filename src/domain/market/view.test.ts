import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dailyBars } from "../../../tests/support/daily-bars.ts";
import { LookaheadError } from "../errors.ts";
import { contentHash } from "../hash.ts";
import { type Bars, barsContent, PRICE_FIELDS, sliceBars } from "./bars.ts";
import { at, countAtMost, last } from "./column.ts";
import { createPanel } from "./panel.ts";
import { MarketView } from "./view.ts";

function barsOn(symbol: string, days: readonly number[]): Bars {
  const close = Float64Array.from(days, (day) => 100 + day);
  return dailyBars(symbol, { open: close, close }, days);
}

const A = barsOn("A", [0, 1, 2, 5, 6, 9]);
const B = barsOn("B", [1, 3, 4, 5, 8, 9]);
const PANEL = createPanel([A, B]);
const END = Math.max(last(A.closeTime), last(B.closeTime));
const instants = fc.integer({ min: at(A.time, 0) - 1000, max: END + 1000 });

describe("a market view", () => {
  it("knows a bar from its close on, not before", () => {
    const close = at(A.closeTime, 2);
    expect(new MarketView(PANEL, close - 1).bars("A").length).toBe(2);
    expect(new MarketView(PANEL, close).bars("A").length).toBe(3);
    expect(new MarketView(PANEL, at(A.time, 0)).bars("A").length).toBe(0);
  });

  it("holds exactly the bars of each symbol that have closed, however the symbols are aligned", () => {
    fc.assert(
      fc.property(instants, (asOf) => {
        const view = new MarketView(PANEL, asOf);
        for (const bars of [A, B]) {
          const known = countAtMost(bars.closeTime, asOf);
          expect(view.bars(bars.symbol).length).toBe(known);
          for (const field of PRICE_FIELDS) {
            expect(() => view.price(bars.symbol, field, known)).toThrow(LookaheadError);
            if (known > 0) expect(view.price(bars.symbol, field, known - 1)).toBe(at(bars[field], known - 1));
          }
        }
        expect(view.rows).toBe(countAtMost(PANEL.closeTime, asOf));
      }),
    );
  });

  it("sees the beginning of what a later view sees, by either way to it", () => {
    fc.assert(
      fc.property(instants, instants, (one, other) => {
        const [early, late] = [Math.min(one, other), Math.max(one, other)];
        const later = new MarketView(PANEL, late);
        for (const earlier of [new MarketView(PANEL, early), later.until(early)]) {
          for (const symbol of ["A", "B"]) {
            const known = earlier.bars(symbol);
            const prefix = sliceBars(later.bars(symbol), 0, known.length);
            expect(contentHash(barsContent(known))).toBe(contentHash(barsContent(prefix)));
          }
        }
      }),
    );
  });

  it("sees nothing of prices that are spoiled after its time", () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(NaN, -1, 1e9, 0), (asOf, value) => {
        const spoil = (bars: Bars): Bars => {
          const known = countAtMost(bars.closeTime, asOf);
          const wrong = (column: Float64Array): Float64Array =>
            column.map((price, i) => (i < known ? price : value));
          return {
            ...bars,
            open: wrong(bars.open),
            high: wrong(bars.high),
            low: wrong(bars.low),
            close: wrong(bars.close),
          };
        };
        const good = new MarketView(PANEL, asOf);
        const spoiled = new MarketView(createPanel([spoil(A), spoil(B)]), asOf);
        for (const symbol of ["A", "B"]) {
          expect(contentHash(barsContent(spoiled.bars(symbol)))).toBe(
            contentHash(barsContent(good.bars(symbol))),
          );
        }
      }),
    );
  });

  it("throws on a look ahead, and says to what it is bound and what was asked", () => {
    const view = new MarketView(PANEL, at(A.closeTime, 2));
    expect(() => view.until(view.asOf + 1)).toThrow(LookaheadError);
    expect(view.until(view.asOf).asOf).toBe(view.asOf);
    expect(() => view.price("A", "close", 3)).toThrowError(/A has 3 bars known at .*; bar 3 was asked for/);
    expect(() => view.price("B", "open", 1)).toThrow(LookaheadError);
    expect(() => view.price("A", "close", -1)).toThrow(RangeError);
  });

  it("does not let a reader reach past its end through the columns it hands out", () => {
    const bars = new MarketView(PANEL, at(A.closeTime, 2)).bars("A");
    for (const field of PRICE_FIELDS) {
      expect(bars[field].length).toBe(3);
      expect(bars[field][3]).toBeUndefined();
    }
  });

  it("knows only the symbols of its panel", () => {
    expect(() => new MarketView(PANEL, END).bars("C")).toThrowError(/C is not in this data set/);
  });
});
