import { describe, expect, it } from "vitest";
import { z } from "zod";
import { parametersOf } from "./parameters.ts";
import { findStrategy, parseParams, STRATEGIES } from "./strategies.ts";

describe("the parameters of every strategy", () => {
  const all = STRATEGIES.flatMap((strategy) =>
    parametersOf(strategy.params).map((parameter) => ({
      at: `${strategy.name} ${parameter.name}`,
      strategy,
      parameter,
    })),
  );

  it.each(all)(
    "$at has a default, bounds and a description, and is held to them",
    ({ strategy, parameter }) => {
      const { name, type, default: value, minimum, maximum, description } = parameter;
      expect(description).not.toBe("");
      expect(parseParams(strategy, {})).toHaveProperty(name, value);
      if (type === "boolean") {
        expect(() => parseParams(strategy, { [name]: 1 })).toThrow(`${name} (1)`);
        return;
      }
      if (minimum === null || maximum === null || typeof value !== "number") throw new Error("no bounds");
      expect(value).toBeGreaterThanOrEqual(minimum);
      expect(value).toBeLessThanOrEqual(maximum);
      expect(() => parseParams(strategy, { [name]: minimum - 1 })).toThrow(
        `${name} (${minimum - 1}) must be at least`,
      );
      expect(() => parseParams(strategy, { [name]: maximum + 1 })).toThrow(
        `${name} (${maximum + 1}) must be at most`,
      );
    },
  );

  it("are listed in their order", () => {
    expect(parametersOf(findStrategy("rsi-reversal").params)).toMatchObject([
      { name: "period", type: "integer", default: 14, minimum: 2, maximum: 1000, values: null },
      { name: "oversold", type: "number", default: 30, minimum: 0, maximum: 100 },
      { name: "overbought", type: "number", default: 70 },
      { name: "short", type: "boolean", default: false, minimum: null, maximum: null },
    ]);
    expect(parametersOf(findStrategy("buy-and-hold").params)).toEqual([]);
  });
});

describe("parameters of one's own", () => {
  it("need no bounds, and may be one of several words", () => {
    const params = z.object({ mode: z.enum(["fast", "slow"]).default("slow"), bars: z.int().default(3) });
    expect(parametersOf(params)).toEqual([
      {
        name: "mode",
        type: "string",
        default: "slow",
        minimum: null,
        maximum: null,
        values: ["fast", "slow"],
        description: "",
      },
      {
        name: "bars",
        type: "integer",
        default: 3,
        minimum: null,
        maximum: null,
        values: null,
        description: "",
      },
    ]);
  });

  it("that the schema does not know are refused, though the schema would drop them", () => {
    const own = {
      ...findStrategy("buy-and-hold"),
      name: "own",
      params: z.object({ bars: z.int().default(3) }),
    };
    expect(() => parseParams(own, { bras: 4 })).toThrow("own: bras (4) is not a parameter.");
  });
});
