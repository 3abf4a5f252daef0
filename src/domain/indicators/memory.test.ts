import { expect, it } from "vitest";
import { dailyBars } from "../../../tests/support/daily-bars.ts";
import { INDICATORS } from "./indicators.ts";
import { memoised } from "./memory.ts";

const close = Float64Array.from({ length: 60 }, (_, i) => 100 + Math.sin(i));
const bars = dailyBars("A", { open: close, close });

it("computes a column once for the same input and arguments, and the same as without a memory", () => {
  const indicators = memoised();
  const first = indicators.sma(close, 10);
  expect(indicators.sma(close, 10)).toBe(first);
  expect(first).toEqual(INDICATORS.sma(close, 10));
  expect(indicators.sma(close, 11)).not.toBe(first);
  expect(indicators.sma(close.slice(), 10)).not.toBe(first);
  expect(indicators.ema(close, 10)).not.toBe(first);
  const periods = { fast: 3, slow: 6, signal: 4 };
  expect(indicators.macd(close, { ...periods })).toBe(indicators.macd(close, { ...periods }));
  expect(indicators.macd(close, periods)).not.toBe(indicators.macd(close, { ...periods, slow: 7 }));
  expect(indicators.atr(bars, 5)).toBe(indicators.atr(bars, 5));
  expect(indicators.bollingerBands(close)).toEqual(INDICATORS.bollingerBands(close));
});

it("holds no more than it may, and goes on without", () => {
  const indicators = memoised(INDICATORS, 3 * close.byteLength);
  const held = [2, 3, 4].map((period) => indicators.sma(close, period));
  const further = indicators.sma(close, 5);
  expect(indicators.sma(close, 5)).not.toBe(further);
  expect(indicators.sma(close, 5)).toEqual(further);
  for (const [k, period] of [2, 3, 4].entries()) expect(indicators.sma(close, period)).toBe(held[k]);
});
