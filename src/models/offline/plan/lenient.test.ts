import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { lenient } from "./lenient.ts";
import { RESULTS } from "./results.ts";

const schema = lenient(
  z.object({
    name: z.string(),
    inner: z.object({ value: z.number().nullable(), list: z.array(z.object({ a: z.number() })) }),
    record: z.record(z.string(), z.number()),
    level: z.enum(["LOW", "HIGH"]),
  }),
);

describe("lenient", () => {
  it("keeps what fits and leaves out what does not, at every depth", () => {
    expect(
      schema.parse({
        name: 3,
        inner: { value: null, list: [{ a: 1 }, { a: "x" }, 7] },
        record: { x: 1, y: "no" },
        level: "NEVER",
        more: true,
      }),
    ).toEqual({ inner: { value: null, list: [{ a: 1 }, {}, {}] }, record: { x: 1 } });
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        for (const result of [schema, ...Object.values(RESULTS)]) result.parse(value);
      }),
    );
  });
});
