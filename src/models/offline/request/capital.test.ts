import { describe, expect, it } from "vitest";
import { readCapital } from "./capital.ts";
import { RequestText } from "./request-text.ts";

const amounts = (text: string): number[] => readCapital(new RequestText(text)).map((one) => one.amount);

describe("readCapital", () => {
  it.each<[string, number]>([
    ["$50k", 50_000],
    ["with $50k", 50_000],
    ["$50,000", 50_000],
    ["$ 50 000", 50_000],
    ["US$1.5m", 1_500_000],
    ["$1.5 million", 1_500_000],
    ["$2mn", 2_000_000],
    ["$1bn", 1_000_000_000],
    ["$1234.56", 1234.56],
    ["50,000 dollars", 50_000],
    ["50000 dollars", 50_000],
    ["20 thousand dollars", 20_000],
    ["ten thousand dollars", 10_000],
    ["a million dollars", 1_000_000],
    ["half a million dollars", 500_000],
    ["250 bucks", 250],
    ["USD 250000", 250_000],
    ["usd250k", 250_000],
    ["with 1.5m", 1_500_000],
    ["invest 2m in AAPL", 2_000_000],
    ["invest 10,000 in AAPL", 10_000],
    ["invest 10000", 10_000],
    ["a capital of 5000", 5000],
    ["capital 25000", 25_000],
    ["my budget is 7500", 7500],
    ["I have 30000 to invest", 30_000],
    ["100k", 100_000],
    ["a 100k portfolio", 100_000],
    ["portfolio of 75,000", 75_000],
    ["€20k", 20_000],
    ["£5,000", 5000],
    ["20000 euros", 20_000],
    ["1.2m usd", 1_200_000],
  ])("%s", (text, amount) => {
    expect(amounts(text)).toEqual([amount]);
  });

  it.each([
    "the last 6 months",
    "with 5 stocks",
    "with 2023",
    "in 2024",
    "at most 20% per name",
    "SMA 10/30",
    "use 200 days",
    "have 3 names",
    "AAPL 6m",
    "stocks under $50",
    "a price above $200",
  ])("no sum: %s", (text) => {
    expect(amounts(text)).toEqual([]);
  });

  it("keeps the sign of a sum that cannot be invested", () => {
    expect(amounts("invest -$500")).toEqual([-500]);
    expect(amounts("$0")).toEqual([0]);
  });

  it("names a currency other than the dollar", () => {
    const currency = (text: string): string | undefined => readCapital(new RequestText(text))[0]?.currency;
    expect(currency("€20k")).toBe("EUR");
    expect(currency("£20k")).toBe("GBP");
    expect(currency("20000 francs")).toBe("CHF");
    expect(currency("$20k")).toBeUndefined();
    expect(currency("20k usd")).toBeUndefined();
  });

  it("reads two sums as two", () => {
    expect(amounts("$20k or $50k")).toEqual([20_000, 50_000]);
  });
});
