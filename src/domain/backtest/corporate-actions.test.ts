import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dailyBars } from "../../../tests/support/daily-bars.ts";
import { anyShareEvents, withShareEvents } from "../../../tests/support/random-share-events.ts";
import { anySettings, randomMarket } from "../../../tests/support/random-market.ts";
import type { Bars } from "../market/bars.ts";
import { createPanel } from "../market/panel.ts";
import { simulate } from "./engine.ts";
import { type BacktestSettings, backtestSettingsSchema } from "./settings.ts";
import type { Targets } from "./targets.ts";

const column = (...values: number[]): Float64Array => Float64Array.from(values);

const settings = (given: object): BacktestSettings =>
  backtestSettingsSchema.parse({
    capital: 1000,
    commission: 0,
    slippageBps: 0,
    closeOut: false,
    prices: "raw",
    ...given,
  });

const buy: Targets = { rows: Int32Array.of(0), weights: [Float64Array.of(1)] };

/** Bars whose raw prices split 4 for 1 on day 2, after which a dividend of 2 is paid on day 4. */
function splitBars(): Bars {
  const raw = column(100, 100, 25, 25, 20, 22);
  // The dividend is reinvested at the ex-date's close of 20: a tenth more shares.
  const factor = column(1 / 4.4, 1 / 4.4, 1 / 1.1, 1 / 1.1, 1, 1);
  const adjusted = raw.map((one, i) => one * (factor[i] ?? NaN));
  const bars = dailyBars("A", { open: adjusted, close: adjusted, volume: new Float64Array(6).fill(40) });
  const time = (day: number): number => bars.time[day] ?? NaN;
  return {
    ...bars,
    factor,
    rawKnown: true,
    actions: [
      { time: time(2), split: 4, dividend: 0 },
      { time: time(4), split: 1, dividend: 2 },
    ],
  };
}

describe("raw prices", () => {
  it("multiplies shares at a split and reinvests a dividend", () => {
    const panel = createPanel([splitBars()]);
    const result = simulate(panel, buy, settings({}));
    expect(result.fills.price[0]).toBeCloseTo(100, 9);
    expect(result.fills.shares[0]).toBeCloseTo(10, 9);
    const equity = [1000, 1000, 1000, 1000, 880, 968];
    for (const [row, value] of equity.entries()) expect(result.equity[row]).toBeCloseTo(value, 9);
    expect(result.grown.map(({ row, growth }) => [row, +growth.toFixed(9)])).toEqual([
      [2, 4],
      [4, 1.1],
    ]);
    // As shares are at the end: 44 of them, for 1,000.
    expect(result.trades[0]?.shares).toBeCloseTo(44, 9);
    expect(result.trades[0]?.entryPrice).toBeCloseTo(1000 / 44, 9);
    expect(result.trades[0]?.profit).toBeCloseTo(-32, 9);
  });

  it("pays dividends in cash where told to, and counts them to the trade", () => {
    const panel = createPanel([splitBars()]);
    const result = simulate(panel, buy, settings({ dividends: "cash" }));
    expect(result.cash[4]).toBeCloseTo(80, 9);
    expect(result.equity[5]).toBeCloseTo(80 + 40 * 22, 9);
    expect(result.dividends).toBeCloseTo(80, 9);
    expect(result.trades[0]?.profit).toBeCloseTo(-40, 9);
  });

  it("owes the dividend on a short", () => {
    const panel = createPanel([splitBars()]);
    const short = { ...buy, weights: [Float64Array.of(-0.5)] };
    const result = simulate(panel, short, settings({ dividends: "cash" }));
    expect(result.dividends).toBeCloseTo(-40, 9);
    expect(result.equity[5]).toBeCloseTo(1500 - 40 - 20 * 22, 9);
  });

  it("counts volume and commission in the shares of the day", () => {
    const panel = createPanel([splitBars()]);
    // The file's 40 shares a day are after the split: 10 before it.
    const result = simulate(panel, buy, settings({ maxParticipation: 0.5, commissionPerShare: 1 }));
    // 5 at 101, then 20 in hand: 495 + 500 buys up to 995 / (25 + 1) of at most 20 more.
    expect(result.fills.shares[0]).toBe(5);
    expect(result.fills.shares[1]).toBeCloseTo(995 / 26 - 20, 9);
    expect(result.fills.commission[0]).toBe(5);
    expect(result.fills.commission[1]).toBeCloseTo(995 / 26 - 20, 9);
  });

  it("moves working orders with a split", () => {
    const panel = createPanel([splitBars()]);
    const result = simulate(
      panel,
      { onBar: (desk) => void (desk.bar === 0 && desk.buy("A", 2, { limit: 84 })) },
      settings({}),
    );
    // 8 at a limit of 21 after the split.
    expect(result.fills.row[0]).toBe(4);
    expect(result.fills.shares[0]).toBeCloseTo(8, 9);
    expect(result.fills.price[0]).toBeCloseTo(20, 9);
  });

  it("is refused where a source has no raw prices", () => {
    const bars = dailyBars("A", { open: column(1, 2), close: column(1, 2) });
    expect(() => simulate(createPanel([bars]), buy, settings({}))).toThrow(
      expect.objectContaining({ code: "DATA_INSUFFICIENT", message: "There are no raw prices of A." }),
    );
  });
});

it("refuses raw prices whose splits or dividends are not known", () => {
  const bars = splitBars();
  const trade = (given: Partial<Bars>): unknown =>
    simulate(createPanel([{ ...bars, ...given }]), buy, settings({}));
  expect(() => trade({})).not.toThrow();
  expect(() => trade({ actions: [] })).toThrow(
    "The raw prices of A cannot be traded: by 2000-01-03 its adjusted prices have parted from them",
  );
  expect(() => trade({ actions: bars.actions.slice(0, 1) })).toThrow(/by 2000-01-05/);
  const halved = bars.actions.map((action) => ({ ...action, split: action.split === 4 ? 2 : 1 }));
  expect(() => trade({ actions: halved })).toThrow(/by 2000-01-03/);
});

it("takes the rounding of adjusted closes for what it is", () => {
  const bars = splitBars();
  const factor = bars.factor.map((one, i) => one * (1 + (i % 2) * 2e-3));
  expect(() => simulate(createPanel([{ ...bars, factor }]), buy, settings({}))).not.toThrow();
});

// What counts shares, not money, may see a split: whole shares and commission per share.
const blind = anySettings.map((one) => ({ ...one, wholeShares: false, commissionPerShare: 0 }));

/** Equity at raw and at adjusted prices differs by no more than this part of the capital. */
const ROUNDING = 1e-7;

describe("raw prices with actions and adjusted prices", () => {
  it("give the same equity: splits are invisible, with every cost and stop", () => {
    fc.assert(
      fc.property(
        randomMarket(blind),
        anyShareEvents(fc.constant(0)),
        ({ panel, targets, settings }, given) => {
          const raw = withShareEvents(panel, given);
          const adjusted = simulate(panel, targets, settings);
          const split = simulate(raw, targets, { ...settings, prices: "raw" });
          for (const [row, value] of adjusted.equity.entries()) {
            expect(Math.abs(value - (split.equity[row] ?? NaN))).toBeLessThan(ROUNDING * settings.capital);
          }
        },
      ),
    );
  });

  it("give the same equity with reinvested dividends too, where volume plays no part", () => {
    const unlimited = blind.map((one) => ({ ...one, maxParticipation: null, impact: 0 }));
    const yields = fc.constantFrom(0, 0.01, 0.2);
    fc.assert(
      fc.property(randomMarket(unlimited), anyShareEvents(yields), ({ panel, targets, settings }, given) => {
        const raw = withShareEvents(panel, given);
        const adjusted = simulate(panel, targets, settings);
        const paid = simulate(raw, targets, { ...settings, prices: "raw" });
        for (const [row, value] of adjusted.equity.entries()) {
          expect(Math.abs(value - (paid.equity[row] ?? NaN))).toBeLessThan(ROUNDING * settings.capital);
        }
      }),
    );
  });
});
