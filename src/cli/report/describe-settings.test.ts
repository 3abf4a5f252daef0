import { expect, it } from "vitest";
import { backtestSettingsSchema } from "../../domain/backtest/settings.ts";
import { describePrices } from "./describe-header.ts";
import { describeSettings } from "./describe-settings.ts";

const shown = (given: object): string => describeSettings(backtestSettingsSchema.parse(given));

it("is short where nothing was changed", () => {
  expect(shown({})).toBe(
    "capital 100,000.00, filled at the next open, commission 0.05%, slippage 2 bps, fractional shares",
  );
});

/** Every setting that can be given, and how it is told. */
const CHANGED = {
  capital: [5000, "capital 5,000.00"],
  fill: ["close", "filled at the close that decided"],
  latencyBars: [1, "1 bar later"],
  commission: [0.001, "commission 0.1%"],
  commissionPerShare: [0.005, "0.005 per share"],
  commissionMinimum: [1, "at least 1.00 a fill"],
  commissionTiers: [[{ fromNotional: 1e6, rate: 0.0003 }], "0.03% from 1,000,000.00 traded on"],
  halfSpreadBps: [3, "half-spread 3 bps"],
  slippageBps: [7, "slippage 7 bps"],
  impact: [1, "impact 1"],
  maxParticipation: [0.1, "at most 10% of a bar's volume"],
  borrowRate: [0.03, "borrowing shares at 3%"],
  cashRate: [0.02, "cash earns 2%"],
  marginRate: [0.06, "borrowing cash at 6%"],
  maxLeverage: [2, "leverage up to 2"],
  maintenanceMargin: [0.25, "maintenance margin 25%"],
  stopLoss: [0.05, "stop-loss 5%"],
  takeProfit: [0.1, "take-profit 10%"],
  trailingStop: [0.08, "trailing stop 8%"],
  prices: ["raw", "raw prices"],
  dividends: ["cash", "dividends in cash"],
  wholeShares: [true, "whole shares"],
  closeOut: [false, "kept open at the end"],
  riskFreeRate: [0.015, "risk-free rate 1.5%"],
} as const;

it("tells every setting that was changed, all together and alone", () => {
  expect(Object.keys(CHANGED)).toEqual(backtestSettingsSchema.keyof().options);
  const given = Object.fromEntries(Object.entries(CHANGED).map(([name, [value]]) => [name, value]));
  expect(shown(given)).toBe(
    Object.values(CHANGED)
      .map(([, words]) => words)
      .join(", "),
  );
  for (const [name, [value, words]] of Object.entries(CHANGED))
    expect(shown({ [name]: value })).toContain(words);
});

it("says when fills come at raw prices", () => {
  const adjustment = "splits-and-dividends";
  expect(describePrices(adjustment, { prices: "adjusted", dividends: "reinvest" })).toBe(
    "adjusted for splits, dividends",
  );
  expect(describePrices(adjustment, { prices: "raw", dividends: "cash" })).toBe(
    "raw for fills, with splits applied and dividends paid in cash; for decisions adjusted for splits, dividends",
  );
  expect(describePrices(adjustment, { prices: "raw", dividends: "reinvest" })).toContain(
    "dividends reinvested;",
  );
});
