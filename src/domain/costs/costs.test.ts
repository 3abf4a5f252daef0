import { expect, it } from "vitest";
import { commission } from "./commission.ts";
import { slippedPrice } from "./slippage.ts";

it("charges the rate on the notional", () => {
  expect(commission(20_000, 0.0005)).toBeCloseTo(10, 12);
  expect(commission(20_000, 0)).toBe(0);
});

it("moves the price against the trade", () => {
  expect(slippedPrice(200, 5, 10)).toBeCloseTo(200.2, 12);
  expect(slippedPrice(200, -5, 10)).toBeCloseTo(199.8, 12);
  expect(slippedPrice(200, -5, 0)).toBe(200);
});
