import { describe, expect, it } from "vitest";
import { z } from "zod";
import { dailyBars } from "../../../tests/support/daily-bars.ts";
import { createPanel } from "../market/panel.ts";
import { decide } from "./decide.ts";
import { defineStrategy } from "./define-strategy.ts";
import { signalOf } from "./signal-of.ts";
import { parseParams } from "./strategies/strategies.ts";

const close = Float64Array.of(5, 4, 6, 7, 3);
const panel = createPanel([dailyBars("A", { open: close, close })]);

describe("defineStrategy", () => {
  it("keeps parameters and their types", () => {
    const above = defineStrategy({
      name: "above",
      description: "Long above a price",
      params: z.strictObject({ price: z.number().default(5) }),
      signal: (bars, { price }) => signalOf(bars.length, (bar) => ((bars.close[bar] ?? NaN) > price ? 1 : 0)),
    });
    expect(decide(above, panel, parseParams(above, {}))).toEqual({
      signals: [{ bars: Int32Array.of(2, 4), sides: Int8Array.of(1, 0) }],
    });
    expect(decide(above, panel, parseParams(above, { price: "3.5" }))).toEqual({
      signals: [{ bars: Int32Array.of(0, 4), sides: Int8Array.of(1, 0) }],
    });
  });

  it("needs no parameters", () => {
    const half = defineStrategy({
      name: "half",
      description: "Half in the first symbol",
      targets: ({ symbols }) => ({
        rows: Int32Array.of(0),
        weights: symbols.map((_, s) => Float64Array.of(s === 0 ? 0.5 : 0)),
      }),
    });
    expect(decide(half, panel, parseParams(half, {}))).toEqual({
      rows: Int32Array.of(0),
      weights: [Float64Array.of(0.5)],
    });
    expect(() => parseParams(half, { x: 1 })).toThrow("x (1) is not a parameter");
  });
});

describe("signalOf", () => {
  it("keeps what changes the position, and leaves it where nothing is said", () => {
    const said = [undefined, 0, 1, 1, undefined, -1, 0] as const;
    expect(signalOf(said.length, (bar) => said[bar])).toEqual({
      bars: Int32Array.of(2, 5, 6),
      sides: Int8Array.of(1, -1, 0),
    });
  });

  it.each([0.5, 2, NaN, Infinity])(
    "refuses the side %d, naming the strategy, the symbol and the bar",
    (side) => {
      const wrong = defineStrategy({
        name: "half-long",
        description: "Says what is no side on the third bar",
        // @ts-expect-error as a file without types may
        signal: ({ length }) => signalOf(length, (bar): number => (bar === 2 ? side : 1)),
      });
      expect(() => decide(wrong, panel, {})).toThrow(
        expect.objectContaining({
          code: "BAD_STRATEGY",
          message: `half-long: the side of A at bar 2 (2000-01-03) is ${side}.`,
          hint: expect.stringContaining("undefined") as string,
          details: { strategy: "half-long", symbol: "A", bar: 2 },
        }),
      );
    },
  );
});
