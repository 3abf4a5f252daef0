import { describe, expect, it } from "vitest";
import { buyAndHold } from "./buy-and-hold.ts";
import { registerStrategies } from "./register-strategies.ts";

const named = (name: string): typeof buyAndHold => ({ ...buyAndHold, name });

describe("a program's own strategies", () => {
  it("are known by their names, or as a map calls them", () => {
    expect([...registerStrategies([named("my-rule"), named("other")]).keys()]).toEqual(["my-rule", "other"]);
    expect([
      ...registerStrategies(
        new Map([
          ["./v1.ts", named("rule")],
          ["./v2.ts", named("rule")],
        ]),
      ).keys(),
    ]).toEqual(["./v1.ts", "./v2.ts"]);
  });

  it.each([
    ["sma-cross", "belongs to a built-in strategy"],
    ["agents", "belongs to a built-in strategy"],
    ["My Rule", "is not words of small letters"],
    ["", "is not words of small letters"],
    ["x".repeat(65), "64 characters at most"],
  ])("cannot be called %j", (name, why) => {
    expect(() => registerStrategies([named(name)])).toThrow(why);
  });

  it("cannot share a name", () => {
    expect(() => registerStrategies([named("my-rule"), named("my-rule")])).toThrow('"my-rule" is used twice');
  });
});
