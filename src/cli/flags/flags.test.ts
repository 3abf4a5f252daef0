import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FinAgentError } from "../../domain/errors.ts";
import { readDay } from "./read-day.ts";
import { readMoney } from "./read-money.ts";
import { readFraction, readInteger, readNumber } from "./read-number.ts";
import { readParam } from "./read-param.ts";
import { readSymbols } from "./read-symbols.ts";
import { readWeights } from "./read-weights.ts";

function refusal(read: () => unknown): FinAgentError {
  try {
    read();
  } catch (error) {
    if (error instanceof FinAgentError) return error;
    throw error;
  }
  throw new Error("it was read");
}

describe("money", () => {
  it.each([
    ["50000", 50_000],
    ["50k", 50_000],
    ["1.5m", 1_500_000],
    ["$50,000", 50_000],
    ["$1,234,567.89", 1_234_567.89],
    ["2B", 2e9],
    [" 10 K ", 10_000],
  ])("%s", (text, amount) => {
    expect(readMoney("--capital")(text)).toBe(amount);
  });

  it.each(["ten", "", "-5", "5,00", "1,2345", "50kk", "1e5", "€50", "NaN", "Infinity", "0x10"])(
    "%j is refused by the flag's name",
    (text) => {
      const error = refusal(() => readMoney("--capital")(text));
      expect(error.code).toBe("BAD_ARGUMENT");
      expect(error.message).toContain(`--capital: "${text}"`);
    },
  );
});

describe("numbers", () => {
  it("reads what JavaScript writes", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(readNumber("--x")(String(value)) === value).toBe(true);
      }),
    );
  });

  it.each(["ten", "", " ", "1,5", "1 2", "0x1f", "NaN", "Infinity", "1e999", "--5", "5%"])(
    "refuses %j",
    (text) => {
      expect(refusal(() => readNumber("--slippage-bps")(text)).message).toContain("--slippage-bps:");
    },
  );

  it.each(["1.5", "-1", "ten", "9007199254740993"])("refuses %j where things are counted", (text) => {
    expect(refusal(() => readInteger("--rebalance")(text)).message).toContain("--rebalance:");
  });

  it.each([
    ["0.2", 0.2],
    ["20%", 0.2],
    ["7%", 0.07],
    ["0.05%", 0.0005],
    ["1", 1],
  ])("%s is a fraction", (text, value) => {
    expect(readFraction("--max-weight")(text)).toBe(value);
  });

  it("asks about a plain number that can hardly be meant", () => {
    const error = refusal(() => readFraction("--stop-loss")("5"));
    expect(error.message).toBe("--stop-loss: 5 is 500%.");
    expect(error.hint).toBe("Did you mean 5%? A number without % is a fraction.");
    expect(readFraction("--take-profit")("500%")).toBe(5);
    expect(refusal(() => readFraction("--commission", 0.05)("0.07")).hint).toContain("Did you mean 0.07%?");
    expect(readWeights("--weights")("AAPL=1.5")).toEqual({ AAPL: 1.5 });
    expect(refusal(() => readWeights("--weights")("AAPL=50")).hint).toContain("Did you mean 50%?");
  });

  it.each(["%", "20 percent", "%20", "20%%"])("%j is not", (text) => {
    expect(refusal(() => readFraction("--max-weight")(text)).hint).toContain("20%");
  });
});

describe("days", () => {
  it("takes a day that exists", () => {
    expect(readDay("--from")("2024-02-29")).toBe("2024-02-29");
  });

  it.each(["2023-02-29", "2024-13-01", "2024-1-1", "01/02/2024", "yesterday", ""])("refuses %j", (text) => {
    expect(refusal(() => readDay("--from")(text)).message).toMatch(/^--from: /);
  });
});

describe("symbols", () => {
  it("are separated by commas or spaces, and added up", () => {
    const read = readSymbols("--symbols");
    expect(read("JPM", read("AAPL, MSFT"))).toEqual(["AAPL", "MSFT", "JPM"]);
  });

  it("may not be none", () => {
    expect(refusal(() => readSymbols("--symbols")(" , ")).message).toContain("--symbols:");
  });
});

describe("parameters", () => {
  it("are added up and typed", () => {
    const read = readParam("--param");
    expect(
      ["fast=10", "slow = 3e1", "long-only=true", "kind=a=b"].reduce<ReturnType<typeof read>>(
        (so, one) => read(one, so),
        {},
      ),
    ).toEqual({
      fast: 10,
      slow: 30,
      "long-only": true,
      kind: "a=b",
    });
  });

  it.each(["fast", "fast=", "=10", ""])("refuses %j", (text) => {
    expect(refusal(() => readParam("--param")(text)).message).toContain("--param:");
  });

  it("may not be given twice", () => {
    expect(refusal(() => readParam("--param")("fast=2", { fast: 1 })).message).toContain(
      "fast is given twice",
    );
  });
});
