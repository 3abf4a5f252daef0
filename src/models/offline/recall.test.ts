import { describe, expect, it } from "vitest";
import { converse, desk } from "../../../tests/support/canned-desk.ts";
import { unverifiedFigures } from "../../domain/run/grounding.ts";
import { FinAgentError } from "../../domain/errors.ts";
import { asksToRecall } from "./request/recalling.ts";

const recalled = {
  source: "csv:data",
  simulated: false,
  asOf: "2025-08-16T00:00:00.000Z",
  decisions: [
    {
      symbol: "AAPL",
      runId: "run-2",
      decidedAt: "2025-07-01T20:00:00.000Z",
      recordedAt: "2025-08-01T00:00:00.000Z",
      interval: "1d",
      level: "MODERATE",
      score: 0.4213,
      direction: "long",
      confidence: 0.8,
      weight: 0.25,
      by: { alpha: "rules", risk: "rules", portfolio: "rules" },
      outcome: { knownAt: "2025-07-31T20:00:00.000Z", bars: 21, return: 0.0312 },
      absent: null,
    },
    {
      symbol: "AAPL",
      decidedAt: "2025-06-02T20:00:00.000Z",
      level: "HIGH",
      score: null,
      direction: null,
      weight: null,
      outcome: null,
      absent: "Known 21 bars after the decision; there are 3 so far.",
    },
  ],
  unreadable: 0,
};

describe("what was decided before", () => {
  it("is recalled by one call, and told as it came", async () => {
    const at = desk();
    at.tools["recall"] = () => recalled;
    const { answers } = await converse(at, ["What did you recommend for AAPL last time?"]);
    expect(at.rounds).toEqual([[{ name: "recall", args: { symbols: ["AAPL"] } }]]);
    const text = answers[0]?.text ?? "";
    expect(text).toContain("| 2025-07-01 | AAPL | long | +0.42 | MODERATE | 25.0% | +3.1% | 2025-07-31 |");
    expect(text).toContain("| 2025-06-02 | AAPL | n/a | n/a | HIGH | n/a | n/a | n/a |");
    expect(text).toContain("there are 3 so far");
    expect(unverifiedFigures(text, [recalled])).toEqual([]);
  });

  it("is asked for anew each time, of what the conversation is about", async () => {
    const at = desk();
    at.tools["recall"] = () => ({ ...recalled, decisions: [] });
    const requests = [
      "Analyze MSFT",
      "What did you decide on it before?",
      "What did you decide on it before?",
    ];
    const { answers } = await converse(at, requests);
    const calls = at.rounds.flat().filter(({ name }) => name === "recall");
    expect(calls.map(({ args }) => args["symbols"])).toEqual([["MSFT"], ["MSFT"]]);
    expect(answers[2]?.text).toMatch(/^# No earlier decision on MSFT/);
  });

  it("is not guessed at where no symbol was named", async () => {
    const at = desk();
    at.tools["recall"] = () => recalled;
    const { answers } = await converse(at, ["What did you recommend?"]);
    expect(at.rounds).toEqual([]);
    expect(answers[0]?.text).toContain("Which symbols do you mean?");
  });

  it("that cannot be told is said so", async () => {
    const at = desk();
    at.tools["recall"] = () => {
      throw new FinAgentError("STORE_UNREACHABLE", "The store is away.", { hint: "Start it." });
    };
    const { answers } = await converse(at, ["How did your calls on AAPL turn out?"]);
    expect(answers[0]?.text).toContain("The store is away. Start it. (STORE_UNREACHABLE)");
  });

  it.each([
    "What did you recommend for AAPL last time?",
    "what have you said about MSFT so far?",
    "What did the agents decide on NVDA?",
    "What was your last recommendation for AAPL?",
    "Show me your previous decisions on AAPL and MSFT",
    "How did your earlier calls on AAPL turn out?",
    "Recall AAPL",
  ])("is meant by %j", (text) => expect(asksToRecall(text)).toBe(true));

  it.each([
    "What do you recommend for AAPL?",
    "Analyze AAPL for the last 6 months",
    "What was the volatility of AAPL last year?",
    "How did AAPL perform in 2024?",
    "Compare the signal with the last quarter",
    "Why did you decide that?",
  ])("is not meant by %j", (text) => expect(asksToRecall(text)).toBe(false));
});
