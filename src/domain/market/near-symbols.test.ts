import { describe, expect, it } from "vitest";
import { nearSymbols } from "./near-symbols.ts";

const OFFERED = ["AAPL", "AMD", "GOOGL", "JPM", "META", "MSFT", "NVDA", "V"];

describe("nearSymbols", () => {
  it("finds a misspelt symbol", () => {
    expect(nearSymbols("APPL", OFFERED, 3)[0]).toBe("AAPL");
    expect(nearSymbols("goog", OFFERED, 3)).toEqual(["GOOGL"]);
    expect(nearSymbols("NVDIA", OFFERED, 1)).toEqual(["NVDA"]);
  });

  it("finds a company by its name, also misspelt", () => {
    expect(nearSymbols("Apple", OFFERED, 3)).toEqual(["AAPL"]);
    expect(nearSymbols("mircosoft", OFFERED, 3)).toEqual(["MSFT"]);
    expect(nearSymbols("Facebook", OFFERED, 3)).toEqual(["META"]);
    expect(nearSymbols("visa", OFFERED, 3)).toEqual(["V"]);
  });

  it("puts the nearest first and gives no more than asked", () => {
    expect(nearSymbols("ABCD", ["ABXY", "ABCE", "ABCD", "ABCX"], 2)).toEqual(["ABCD", "ABCE"]);
  });

  it("suggests nothing where nothing is near", () => {
    expect(nearSymbols("ZZZZZZ", OFFERED, 3)).toEqual([]);
    expect(nearSymbols("X", OFFERED, 3)).toEqual([]);
    expect(nearSymbols("AAPL", [], 3)).toEqual([]);
  });

  it("also compares symbols that the directory does not know, in whatever case they are offered", () => {
    expect(nearSymbols("mysymbal", ["mysymbol"], 3)).toEqual(["mysymbol"]);
  });
});
