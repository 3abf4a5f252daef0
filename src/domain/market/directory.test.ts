import { describe, expect, it } from "vitest";
import { companyName, DIRECTORY } from "./directory.ts";

describe("the directory", () => {
  it("names each symbol once", () => {
    const symbols = DIRECTORY.map((company) => company.symbol);
    expect(new Set(symbols).size).toBe(symbols.length);
    expect(symbols.length).toBeGreaterThan(100);
  });

  it("gives each alias, in whatever case, to one symbol", () => {
    const aliases = DIRECTORY.flatMap((company) =>
      [...company.aliases, ...company.ambiguousAliases].map((alias) => alias.toLowerCase()),
    );
    expect(aliases.filter((alias, i) => aliases.indexOf(alias) !== i)).toEqual([]);
  });

  it("writes aliases in lower case and ambiguous ones with capitals", () => {
    for (const { aliases, ambiguousAliases } of DIRECTORY) {
      for (const alias of aliases) expect(alias).toBe(alias.toLowerCase());
      for (const alias of ambiguousAliases) expect(alias).toMatch(/^[A-Z]/);
    }
  });

  it("keeps ordinary words out of the aliases that match in any case", () => {
    const aliases = new Set(DIRECTORY.flatMap((company) => company.aliases));
    for (const word of ["target", "visa", "gap", "ford", "meta", "best buy", "delta", "caterpillar", "low"]) {
      expect(aliases).not.toContain(word);
    }
  });

  it("finds everyday names", () => {
    const symbolOf = (alias: string): string[] =>
      DIRECTORY.filter((company) => company.aliases.includes(alias)).map((company) => company.symbol);
    expect(symbolOf("google")).toEqual(["GOOGL"]);
    expect(symbolOf("facebook")).toEqual(["META"]);
    expect(symbolOf("jp morgan")).toEqual(["JPM"]);
    expect(symbolOf("coca cola")).toEqual(["KO"]);
    expect(symbolOf("berkshire")).toEqual(["BRK.B"]);
  });

  it("knows names by symbol and says where it does not", () => {
    expect(companyName("AAPL")).toBe("Apple");
    expect(companyName("SIM500")).toBe("Simulated index");
    expect(companyName("NOPE")).toBeNull();
  });
});
