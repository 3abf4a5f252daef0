import { describe, expect, it } from "vitest";
import { parseScenario } from "./parse-scenario.ts";
import { findScenario } from "./scenarios.ts";

describe("how a scenario is written", () => {
  it("names with near names, numbers with their defaults", () => {
    expect(findScenario(" March 2020 ").name).toBe("march-2020");
    expect(() => findScenario("flash-crsh")).toThrow(/no scenario called "flash-crsh"/);
    expect(parseScenario("drop=-30%, bars=20").name).toBe("drop=-0.3,bars=20");
  });

  it.each([
    ["drop=0.1", /drop must be at most 0/],
    ["drop=-1", /drop must be more than -1/],
    ["drop=-0.3,bars=0", /bars must be at least 1/],
    ["drop=-0.3,depth=2", /depth is not among its numbers/],
    ["drop=deep", /"drop=deep" is not name=number/],
    ["drop=-0.3,drop=-0.2", /drop is given twice/],
    ["drop=-0.1,gap=-0.2", /gap must not go beyond drop/],
  ])("%s is refused", (text, message) => {
    expect(() => parseScenario(text)).toThrow(message);
  });
});
