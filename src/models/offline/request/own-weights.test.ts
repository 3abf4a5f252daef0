import { describe, expect, it } from "vitest";
import { requestOf } from "./follow-up.ts";

const read = (...messages: string[]) => requestOf(messages, "2025-08-15");

describe("own weights", () => {
  it.each<[string, Record<string, number>]>([
    ["a 60/40 AAPL/JPM portfolio", { AAPL: 0.6, JPM: 0.4 }],
    ["Put 60% in AAPL and 40% in MSFT and tell me the risk", { AAPL: 0.6, MSFT: 0.4 }],
    ["risk of AAPL 60%, MSFT 40%", { AAPL: 0.6, MSFT: 0.4 }],
    ["put half in Apple and half in Microsoft, what is the risk", { AAPL: 0.5, MSFT: 0.5 }],
    ["risk of AAPL/JPM 70/30", { AAPL: 0.7, JPM: 0.3 }],
  ])("%s", (text, weights) => {
    const request = read(text);
    expect(request.ownWeights?.weights).toEqual(weights);
    expect(request.work.stages.has("risk")).toBe(true);
    expect(request.work.stages.has("portfolio")).toBe(false);
    expect(request.work.stages.has("backtest")).toBe(false);
    expect(request.assumptions.join(" ")).toContain("in the weights named");
  });

  it.each([
    "Analyze AAPL and MSFT",
    "backtest RSI 30/70 on AAPL and MSFT",
    "portfolio of AAPL and MSFT, at most 20% in AAPL",
    "Is AAPL 5% above MSFT?",
  ])("are not in: %s", (text) => {
    expect(read(text).ownWeights).toBeUndefined();
  });

  it("says what cannot be done with them", () => {
    expect(read("backtest a 60/40 AAPL/JPM portfolio").notes.join(" ")).toContain("not available");
    expect(read("risk of AAPL 60%, MSFT 40%").notes).toEqual([]);
  });

  it("says that weights which make up no whole were not applied", () => {
    expect(read("70/60 AAPL/JPM portfolio").notes.join(" ")).toContain('"70/60"');
  });

  it("are kept for another period and dropped for a proposal", () => {
    const first = "risk of AAPL 60%, MSFT 40%";
    expect(read(first, "and over the last year?").ownWeights?.weights).toEqual({ AAPL: 0.6, MSFT: 0.4 });
    expect(read(first, "now propose a portfolio").ownWeights).toBeUndefined();
  });
});
