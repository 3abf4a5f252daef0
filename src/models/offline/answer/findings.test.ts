import { describe, expect, it } from "vitest";
import { findingsText, layoutText } from "./findings.ts";

const finding = (symbol: string, message: string, more: object = {}) => ({
  kind: "zero-volume" as const,
  severity: "note" as const,
  symbol,
  message,
  date: null,
  count: 1,
  ...more,
});

describe("findingsText", () => {
  it("says an equal finding once, errors and repairs before notes", () => {
    const text = findingsText({
      symbols: ["AAPL", "MSFT", "JPM", "KO"],
      findings: [
        finding("AAPL", "The volume is 0.", { date: "2024-03-04", count: 5 }),
        finding("MSFT", "The volume is 0.", { date: "2024-03-04", count: 5 }),
        finding("JPM", "Two rows were merged.", { severity: "repaired", date: "2024-01-02" }),
        finding("KO", "The price is negative.", { severity: "error" }),
      ],
    });
    expect(text.split("\n").slice(2)).toEqual([
      "- KO: The price is negative. (error)",
      "- JPM: Two rows were merged. (2024-01-02) (repaired)",
      "- AAPL, MSFT: The volume is 0. (2024-03-04, 5 times)",
    ]);
  });

  it("leaves layout notes to a line of their own, without their reasons", () => {
    const data = {
      symbols: ["AAPL", "MSFT"],
      findings: [
        finding("AAPL", "Taken as adjusted, which is the custom.", { kind: "layout" }),
        finding("MSFT", "Taken as adjusted, which is the custom.", { kind: "layout" }),
        finding("MSFT", "No volume.", { kind: "layout" }),
      ],
    };
    expect(findingsText(data)).toBe("");
    expect(layoutText(data)).toBe("_How the files were read: Taken as adjusted. MSFT: No volume._");
  });
});
