import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FinAgentError } from "../../src/domain/errors.ts";
import { contentHash } from "../../src/domain/hash.ts";
import { type Bars, barsContent, PRICE_FIELDS, sliceBars } from "../../src/domain/market/bars.ts";
import { at, countAtMost, last } from "../../src/domain/market/column.ts";
import { findingSchema } from "../../src/domain/market/finding.ts";
import type { MarketData } from "../../src/domain/ports.ts";

const NOISE = 1e-9;

/**
 * What every source of market data keeps. `makeSource` makes a new one on each call; `knownSymbol` is on offer and has
 * at least three bars.
 */
export function marketDataContract(name: string, makeSource: () => MarketData, knownSymbol: string): void {
  describe(`market data contract: ${name}`, () => {
    const all = async (source = makeSource()): Promise<Bars> => {
      const latest = await source.latest([knownSymbol]);
      return (await source.series(knownSymbol, latest)).bars;
    };

    it("offers the symbol, and its symbols sorted and each once", async () => {
      const symbols = (await makeSource().list()).map((info) => info.symbol);
      expect(symbols).toContain(knownSymbol);
      expect(symbols).toEqual([...new Set(symbols)].sort());
    });

    it("refuses an unknown symbol and suggests near ones, and never invents a series", async () => {
      const source = makeSource();
      const wanted = `${knownSymbol}X`;
      const failure: unknown = await source
        .series(wanted, Date.UTC(2025, 0, 1))
        .catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(FinAgentError);
      expect(failure).toMatchObject({ code: "UNKNOWN_SYMBOL" });
      expect(failure instanceof FinAgentError ? failure.hint : "").toContain(knownSymbol);
      await expect(source.latest([wanted])).rejects.toMatchObject({ code: "UNKNOWN_SYMBOL" });
    });

    it("gives columns of one length, ascending in time, closing after they open", async () => {
      const bars = await all();
      expect(bars.symbol).toBe(knownSymbol);
      expect(bars.length).toBeGreaterThan(2);
      for (const column of [bars.time, bars.closeTime, bars.volume, bars.factor]) {
        expect(column.length).toBe(bars.length);
      }
      for (const field of PRICE_FIELDS) expect(bars[field].length).toBe(bars.length);
      const wrong = indices(bars).filter(
        (i) =>
          !(at(bars.closeTime, i) > at(bars.time, i)) ||
          (i > 0 && !(at(bars.time, i) >= at(bars.closeTime, i - 1))),
      );
      expect(wrong).toEqual([]);
    });

    it("gives positive prices within high and low, and a way back to raw prices or none", async () => {
      const bars = await all();
      const wrong = indices(bars).filter((i) => {
        const [high, low] = [at(bars.high, i) * (1 + NOISE), at(bars.low, i) * (1 - NOISE)];
        const prices = PRICE_FIELDS.map((field) => at(bars[field], i));
        const inRange = prices.every((price) => price > 0 && price >= low && price <= high);
        const factor = at(bars.factor, i);
        return !inRange || !(at(bars.volume, i) >= 0) || !(bars.rawKnown ? factor > 0 : factor === 1);
      });
      expect(wrong).toEqual([]);
    });

    it("gives nothing that closes after `until`, and a beginning of what it gives later", async () => {
      const source = makeSource();
      const bars = await all(source);
      const [first, end] = [at(bars.time, 0), last(bars.closeTime)];
      const instants = fc.oneof(
        fc.integer({ min: first - 1000, max: end }),
        fc.nat({ max: bars.length - 1 }).map((i) => at(bars.closeTime, i)),
        fc.nat({ max: bars.length - 1 }).map((i) => at(bars.closeTime, i) - 1),
      );
      await fc.assert(
        fc.asyncProperty(instants, async (until) => {
          const earlier = (await source.series(knownSymbol, until)).bars;
          const known = countAtMost(bars.closeTime, until);
          expect(earlier.length).toBe(known);
          expect(bytes(earlier)).toBe(bytes(sliceBars(bars, 0, known)));
        }),
        { numRuns: 25 },
      );
    });

    it("gives equal bytes to equal calls", async () => {
      const source = makeSource();
      expect(bytes(await all(source))).toBe(bytes(await all(source)));
      expect(bytes(await all(source))).toBe(bytes(await all()));
    });

    it("reports findings that keep their schema, and no error among them", async () => {
      const source = makeSource();
      const { findings } = await source.series(knownSymbol, await source.latest([knownSymbol]));
      for (const finding of findings) {
        expect(findingSchema.parse(finding)).toEqual(finding);
        expect(finding.severity).not.toBe("error");
      }
    });
  });
}

function indices(bars: Bars): number[] {
  return Array.from({ length: bars.length }, (_, i) => i);
}

function bytes(bars: Bars): string {
  return contentHash(barsContent(bars));
}
