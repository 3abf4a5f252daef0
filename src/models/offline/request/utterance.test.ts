import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { requestOf } from "./follow-up.ts";
import { readUtterance } from "./utterance.ts";

const WORDS =
  "analyze compare backtest portfolio if unless risk is high low not skip the a AAPL MSFT Apple $50k 20% at most per name last 6 months since 2023 Q1 2024 to and or , . ? ! with without top 5 stocks why sma cross 10/30 cash | \n ' \" ( ) [ \\ ¦ é 株".split(
    " ",
  );

describe("any words at all", () => {
  it("never throw, and name no symbol twice", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: "binary", maxLength: 8 })), {
          maxLength: 25,
        }),
        (words) => {
          const { symbols } = readUtterance(words.join(" "), "2025-08-15");
          expect(new Set(symbols.named).size).toBe(symbols.named.length);
          requestOf([words.slice(0, 10).join(" "), words.join(" ")], undefined);
        },
      ),
      { numRuns: 120 },
    );
  });

  it("stay quick to read at the longest a request may be", () => {
    for (const word of ["a", "1", "AAPL ", "if risk is high ", "at most ", "$1", "the last ", "Apple and "]) {
      const started = performance.now();
      readUtterance(word.repeat(8000).slice(0, 8000), "2025-08-15");
      expect(performance.now() - started).toBeLessThan(5000);
    }
  });
});
