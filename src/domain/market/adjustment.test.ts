import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adjustPrices, type PriceColumns } from "./adjustment.ts";

/** Ten calm days around 100, then a 4-for-1 split. */
const RATIO = 4;
const RAW = Float64Array.of(100, 101, 102, 101, 103, 104, 26.25, 26.5, 26, 27, 26.75, 26.5);
const SPLIT = Float64Array.from(RAW, (_, i) => (i === 6 ? RATIO : 0));
const VOLUME = Float64Array.from(RAW, (_, i) => (i < 6 ? 1000 : 4000));

function columns(change: Partial<PriceColumns>): PriceColumns {
  return { close: RAW, volume: VOLUME, adjustedClose: null, dividend: null, split: null, ...change };
}

describe("adjusting prices", () => {
  it("applies a split where the prices jump by it, to volumes too", () => {
    const { adjustment, rawKnown, factor, volume } = adjustPrices(columns({ split: SPLIT }), true);
    expect([adjustment, rawKnown]).toEqual(["splits", true]);
    expect([...factor]).toEqual([...RAW].map((_, i) => (i < 6 ? 0.25 : 1)));
    expect([...volume]).toEqual([...RAW].map(() => 4000));
  });

  it("applies no split twice", () => {
    const close = RAW.map((price, i) => (i < 6 ? price / RATIO : price));
    const volume = new Float64Array(RAW.length).fill(4000);
    const adjusted = adjustPrices(columns({ close, volume, split: SPLIT }), true);
    expect([adjusted.adjustment, adjusted.rawKnown]).toEqual(["splits", false]);
    expect([...adjusted.factor]).toEqual([...RAW].map(() => 1));
    expect([...adjusted.volume]).toEqual([...volume]);
    expect(adjusted.decisions.map((one) => one.message).join()).toContain("adjusted already");
  });

  it("repairs volumes that were left behind when prices were adjusted", () => {
    const close = RAW.map((price, i) => (i < 6 ? price / RATIO : price));
    const { volume, decisions } = adjustPrices(columns({ close, split: SPLIT }), true);
    expect([...volume]).toEqual([...RAW].map(() => 4000));
    expect(decisions.filter((one) => one.repaired)).toMatchObject([{ index: 6 }]);
  });

  it("takes an adjusted close as it is, and the close as raw", () => {
    const adjustedClose = RAW.map((price, i) => (i < 6 ? price / 5 : price));
    const { adjustment, rawKnown, factor } = adjustPrices(columns({ adjustedClose, split: SPLIT }), true);
    expect([adjustment, rawKnown]).toEqual(["splits-and-dividends", true]);
    for (const [i, one] of factor.entries())
      expect(one * (RAW[i] ?? NaN)).toBeCloseTo(adjustedClose[i] ?? NaN, 12);
  });

  it("does not call a close raw that a split shows to be adjusted", () => {
    const close = RAW.map((price, i) => (i < 6 ? price / RATIO : price));
    const adjustedClose = close.map((price) => price * 0.9);
    expect(adjustPrices(columns({ close, adjustedClose, split: SPLIT }), true).rawKnown).toBe(false);
  });

  it("says unknown where nothing is known", () => {
    const { adjustment, rawKnown } = adjustPrices(columns({}), true);
    expect([adjustment, rawKnown]).toEqual(["unknown", false]);
  });

  it("keeps the total return of a share on every day, dividends and splits included", () => {
    const days = fc.array(
      fc.record({
        move: fc.double({ min: -0.05, max: 0.05, noNaN: true }),
        paid: fc.oneof(fc.constant(0), fc.double({ min: 0.1, max: 2, noNaN: true })),
        ratio: fc.oneof(
          { weight: 8, arbitrary: fc.constant(1) },
          { weight: 1, arbitrary: fc.constantFrom(2, 3, 10, 0.1) },
        ),
      }),
      { minLength: 3, maxLength: 40 },
    );
    fc.assert(
      fc.property(days, (given) => {
        const close = [100];
        for (const { move, ratio } of given) close.push(((close.at(-1) ?? NaN) * (1 + move)) / ratio);
        const split = Float64Array.from([1, ...given.map((day) => day.ratio)]);
        const dividend = Float64Array.from([
          0,
          ...given.map((day, i) => day.paid * ((close[i] ?? NaN) / 100)),
        ]);
        // Some split, or there is nothing that shows the prices to be raw.
        fc.pre(split.some((ratio) => ratio !== 1));
        const raw = columns({
          close: Float64Array.from(close),
          volume: new Float64Array(close.length),
          split,
          dividend,
        });
        const { factor, rawKnown } = adjustPrices(raw, true);
        expect(rawKnown).toBe(true);
        for (let t = 1; t < close.length; t++) {
          const [now = NaN, before = NaN] = [close[t], close[t - 1]];
          const held = (now * (split[t] ?? NaN) + (dividend[t] ?? NaN)) / before;
          const adjusted = (now * (factor[t] ?? NaN)) / (before * (factor[t - 1] ?? NaN));
          expect(adjusted / held).toBeCloseTo(1, 10);
        }
      }),
    );
  });
});
