import { describe, expect, it } from "vitest";
import type { Conversation, Step } from "../conversation.ts";
import { recordOf } from "./record.ts";

const conversation = (...turns: Step[][]): Conversation => ({
  system: "",
  asOf: undefined,
  turns: turns.map((steps) => ({ text: "", steps })),
});
const done = (tool: string, args: Record<string, unknown>, value: unknown): Step => ({
  tool,
  args,
  outcome: { ok: true, value },
});
const failed = (
  tool: string,
  args: Record<string, unknown>,
  code: string,
  rest: { hint?: string; details?: Record<string, unknown> } = {},
): Step => ({
  tool,
  args,
  outcome: { ok: false, error: { code, message: "", details: {}, ...rest } },
});
const unknownSymbol = (symbol: string, near: string[] | undefined, hint?: string): Step =>
  failed("fetch_market_data", { symbols: [symbol] }, "UNKNOWN_SYMBOL", {
    details: { symbol, ...(near === undefined ? {} : { near }) },
    ...(hint === undefined ? {} : { hint }),
  });

describe("recordOf", () => {
  it("knows a result again whatever the order of the arguments", () => {
    const record = recordOf(conversation([done("x", { a: 1, b: 2 }, "v")], []));
    expect(record.result("x", { b: 2, a: 1 })).toEqual({ value: "v", earlier: true });
    expect(record.result("x", { a: 1 })).toBeUndefined();
  });

  it("forgives errors of earlier turns", () => {
    const record = recordOf(conversation([failed("x", {}, "DATA_INVALID")], []));
    expect(record.error("x", {})).toBeUndefined();
    expect(recordOf(conversation([failed("x", {}, "DATA_INVALID")])).error("x", {})?.code).toBe(
      "DATA_INVALID",
    );
  });

  it("trusts nothing of earlier turns once an artifact is lost, and tries again after a new fetch", () => {
    const fetch = done("fetch_market_data", {}, {});
    const alpha = failed("ask_alpha_agent", {}, "UNKNOWN_ARTIFACT");
    const lost = recordOf(conversation([fetch], [alpha]));
    expect(lost.result("fetch_market_data", {})).toBeUndefined();
    const again = recordOf(conversation([fetch], [alpha, fetch]));
    expect(again.result("fetch_market_data", {})).toEqual({ value: {}, earlier: false });
    expect(again.error("ask_alpha_agent", {})).toBeUndefined();
  });

  it.each<[string, string[] | undefined, string | undefined, string | undefined]>([
    ["APPL", ["AAPL"], undefined, "AAPL"],
    ["MSTF", ["MSFT"], undefined, "MSFT"],
    ["GOOG", ["GOOGL"], undefined, "GOOGL"],
    ["APPL", undefined, "Did you mean AAPL (Apple)? Or give --data csv:DIR.", "AAPL"],
    ["APPL", ["AAPL", "APPN"], undefined, undefined],
    ["APPL", undefined, "It offers AAPL, AMD.", undefined],
    ["AMC", ["AMD"], undefined, undefined],
    ["NVDX", ["TSLA"], undefined, undefined],
    ["COST", ["POST"], undefined, undefined],
    ["INTC", ["INTU"], undefined, undefined],
  ])("corrects %s near %j (%s) to %s", (symbol, near, hint, taken) => {
    expect(recordOf(conversation([unknownSymbol(symbol, near, hint)])).corrections.get(symbol)).toBe(taken);
  });
});
