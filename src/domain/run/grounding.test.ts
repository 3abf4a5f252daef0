import { describe, expect, it } from "vitest";
import { unverifiedFigures } from "./grounding.ts";

const evidence = {
  totalReturn: 0.12345,
  sharpe: 1.0449,
  maxDrawdown: -0.0834,
  notional: 98_765.432,
  rows: 125,
  commission: 0.0005,
  reasons: ["Volatility of 28.4% is above 22.0%."],
  from: "2025-02-18T14:30:00.000Z",
};

const loose = (answer: string): string[] => unverifiedFigures(answer, [evidence]);

describe("figures of an answer", () => {
  it.each([
    "It returned 12.3% over 125 bars.",
    "It returned 12.35%, a Sharpe ratio of 1.04.",
    "A fall of 8.3% was the worst (−8.34%).",
    "That is $98,765.43, or about $98.8k.",
    "Volatility is 28.4%, beyond the threshold of 22%.",
    "Trading costs 5 bps.",
    "From 2025-02-18 to the end.",
    "In 2025 it rose.",
    "SIM500, Q1, RSI14 and 2025-08-15T20:00:00Z are names and times.",
  ])("are found among the evidence: %s", (answer) => {
    expect(loose(answer)).toEqual([]);
  });

  it.each([
    ["It returned 13.3%.", "13.3%"],
    ["A Sharpe ratio of 1.06.", "1.06"],
    ["You hold $98,999.", "$98,999"],
    ["Over 126 bars.", "126"],
    ["It will rise to 250.", "250"],
    ["About 45 bps of cost.", "45 bps"],
    ["It gained 12 bps.", "12 bps"],
  ])("are reported where no tool returned them: %s", (answer, figure) => {
    expect(loose(answer)).toEqual([figure]);
  });

  it("lists a figure once", () => {
    expect(loose("Between 77.7 and 77.7.")).toEqual(["77.7"]);
  });

  it("takes what the person said as known", () => {
    expect(
      unverifiedFigures("With $50k over 6 months.", ["analyze with $50,000 over the last 6 months"]),
    ).toEqual([]);
  });
});

it("counts what a tool has listed", () => {
  expect(unverifiedFigures("4 symbols", [{ symbols: ["A", "B", "C", "D"] }])).toEqual([]);
  expect(unverifiedFigures("5 symbols", [{ symbols: ["A", "B", "C", "D"] }])).toEqual(["5"]);
});
