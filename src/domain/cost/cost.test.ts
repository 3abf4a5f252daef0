import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { costOf, mostOf } from "./cost-of.ts";
import { fromNanoUsd, toNanoUsd, writeUsd } from "./nano-usd.ts";
import { netOfModels } from "./net-of-models.ts";
import { type Price, priceOn, priceSchema, pricesWith } from "./price.ts";

const price = (model: string, from: string, inputPerMillion: number): Price => ({
  model,
  from,
  inputPerMillion,
  outputPerMillion: 8,
  cachedInputPerMillion: 0.5,
});

describe("a price", () => {
  const prices = [
    price("openai:a", "2026-03-01", 2),
    price("openai:a", "2026-06-01", 3),
    price("b", "2026-01-01", 1),
  ];

  it.each([
    ["2026-02-28", null],
    ["2026-03-01", 2],
    ["2026-05-31", 2],
    ["2026-06-01", 3],
    ["2027-01-01", 3],
  ])("on %s is that of the last entry before", (day, input) => {
    expect(priceOn(prices, "openai:a", day)?.inputPerMillion ?? null).toBe(input);
  });

  it("is found with the part before the colon or without it, and not by the beginning of a name", () => {
    expect(priceOn(prices, "openai:b", "2026-02-01")?.inputPerMillion).toBe(1);
    expect(priceOn(prices, "a", "2026-04-01")?.inputPerMillion).toBe(2);
    expect(priceOn(prices, "openai:a-2026", "2026-04-01")).toBeNull();
  });

  it("of one's own stands in place of all that are built in for the model, also of later ones", () => {
    const all = pricesWith([price("a", "2026-02-01", 9)], prices);
    expect(priceOn(all, "openai:a", "2026-07-01")?.inputPerMillion).toBe(9);
    expect(priceOn(all, "openai:b", "2026-07-01")?.inputPerMillion).toBe(1);
    const twice = pricesWith([price("a", "2026-02-01", 9), price("a", "2026-02-01", 7)], prices);
    expect(priceOn(twice, "openai:a", "2026-07-01")?.inputPerMillion).toBe(7);
  });

  it.each([
    [{ from: "2026-13-01" }, "from"],
    [{ inputPerMillion: -1 }, "inputPerMillion"],
    [{ outputPerMillion: "8" }, "outputPerMillion"],
    [{ cachedInputPerMillion: 3 }, "cachedInputPerMillion"],
    [{ model: "" }, "model"],
  ])("is refused with %j, by the field's name", (wrong, field) => {
    const parsed = priceSchema.safeParse({ ...price("a", "2026-01-01", 2), ...wrong });
    expect(parsed.error?.issues[0]?.path).toEqual([field]);
  });
});

describe("a cost", () => {
  it("is that of fresh, cached and written tokens", () => {
    const tokens = { input: 1_000_000, cachedInput: 400_000, output: 250_000 };
    // 0.6 * 2 + 0.4 * 0.5 + 0.25 * 8
    expect(costOf(price("a", "2026-01-01", 2), tokens)).toBe(3.4);
    const { cachedInputPerMillion: _, ...plain } = price("a", "2026-01-01", 2);
    // 1 * 2 + 0.25 * 8
    expect(costOf(plain, tokens)).toBe(4);
  });

  it("is never more than the most that was reckoned with", () => {
    const amount = fc.nat(100_000);
    fc.assert(
      fc.property(amount, amount, amount, amount, (bytes, maxOutputTokens, read, written) => {
        const input = Math.min(read, bytes);
        const tokens = { input, cachedInput: read % (input + 1), output: Math.min(written, maxOutputTokens) };
        const of = price("a", "2026-01-01", 2);
        const most = mostOf(of, { bytes, maxOutputTokens });
        expect(toNanoUsd(costOf(of, tokens))).toBeLessThanOrEqual(toNanoUsd(most));
      }),
      { numRuns: 100 },
    );
  });
});

describe("an amount", () => {
  it("is counted in billionths, rounded up", () => {
    expect(toNanoUsd(0.1 + 0.2)).toBe(300_000_000);
    expect(toNanoUsd(1.1e-9)).toBe(2);
    expect(fromNanoUsd(1_845)).toBe(0.000001845);
  });

  it.each([
    [1, "$1.00"],
    [0.5, "$0.50"],
    [0.000345, "$0.000345"],
    [12.3456789, "$12.345679"],
    [0, "$0.00"],
  ])("%d is written as %s", (usd, written) => {
    expect(writeUsd(usd)).toBe(written);
  });
});

it("leaves of a total return what the models did not cost", () => {
  const backtest = { metrics: { totalReturn: 0.12 }, settings: { capital: 1000 } } as Parameters<
    typeof netOfModels
  >[0];
  // 12% of 1,000 less 5 is 11.5%.
  expect(netOfModels(backtest, 5)).toEqual({
    modelCost: 5,
    totalReturn: expect.closeTo(0.115, 12) as number,
  });
  expect(netOfModels(backtest, null)).toBeNull();
  expect(netOfModels(undefined, 5)).toBeNull();
});
