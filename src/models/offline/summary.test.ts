import { describe, expect, it } from "vitest";
import { asksForSummary, requestsInSummary, summarise } from "./summary.ts";

const PROMPT = `Extract the context.
<messages>
Messages to summarize:
Human: Analyze AAPL
for the last year
AI: [tool_calls]
Tool: {"heading": "# not a heading of ours"}
AI: # AAPL: long signal

## Details
Human: and with MSFT added?
AI: # AAPL, MSFT: LOW risk
</messages>`;

describe("summary", () => {
  it("knows a request for one, and no other", () => {
    expect(asksForSummary(PROMPT)).toBe(true);
    expect(asksForSummary("Summarize AAPL")).toBe(false);
    expect(asksForSummary("Human: analyze AAPL")).toBe(false);
  });

  it("keeps requests word for word and the conclusions", () => {
    expect(summarise(PROMPT)).toBe(
      [
        "Requests so far:",
        "- Analyze AAPL for the last year",
        "- and with MSFT added?",
        "Conclusions so far:",
        "- AAPL: long signal",
        "- AAPL, MSFT: LOW risk",
      ].join("\n"),
    );
  });

  it("carries an earlier summary on", () => {
    const again = `Messages to summarize:\nHuman: Here is a summary of the conversation to date:\n\n${summarise(PROMPT)}\nAI: # More\nHuman: without MSFT`;
    expect(requestsInSummary(summarise(again))).toEqual([
      "Analyze AAPL for the last year",
      "and with MSFT added?",
      "without MSFT",
    ]);
    expect(summarise(again)).toContain("- AAPL, MSFT: LOW risk\n- More");
  });
});
