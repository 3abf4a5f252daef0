import { describe, expect, it } from "vitest";
import { requestOf } from "./follow-up.ts";

const read = (...messages: string[]) => requestOf(messages, "2025-08-15");

describe("limits that no reader takes", () => {
  it.each([
    ["portfolio of AAPL and MSFT, min 30% each", "min 30% each"],
    ["portfolio of AAPL and MSFT but no tech", "no tech"],
    ["portfolio of AAPL and MSFT, keep AAPL at 20%", "keep AAPL at 20%"],
    ["portfolio of AAPL and MSFT, at most 20% in AAPL", "at most 20% in"],
    ["portfolio of AAPL and MSFT excluding energy stocks", "excluding energy stocks"],
    ["portfolio of AAPL and MSFT, max 30% cash", "max 30% cash"],
  ])("are quoted: %s", (text, words) => {
    const { notes, constraints } = read(text);
    expect(notes).toEqual([`I did not understand the limit "${words}"; it was not applied.`]);
    expect(constraints).toEqual({});
  });

  it.each([
    "Analyze AAPL for the last 6 months and propose a portfolio",
    "portfolio of AAPL and MSFT, at most 20% per name, keep 10% cash, long only",
    "backtest sma cross 10/30 on AAPL since 2023",
    "portfolio of AAPL and MSFT without MSFT",
    "Compare AAPL and MSFT over the last two years",
  ])("are not seen in: %s", (text) => {
    expect(read(text).notes).toEqual([]);
  });

  it("lists the limits that were read, of follow-ups as well", () => {
    const { constraints, assumptions } = read("Propose a portfolio of AAPL and MSFT", "cap at 20%");
    expect(constraints).toEqual({ maxWeight: 0.2 });
    expect(assumptions.join(" ")).toContain('"cap at 20%" was read as the largest weight of a name.');
  });
});
