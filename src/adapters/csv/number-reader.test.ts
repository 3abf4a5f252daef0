import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NumberReader } from "./number-reader.ts";

const reader = new NumberReader();
const encoder = new TextEncoder();

/** The number that the whole of a cell was read as; undefined where it is left to `Number`. */
function read(text: string): number | undefined {
  const bytes = encoder.encode(`,${text},`);
  const value = reader.read(bytes, 1);
  return reader.next === text.length + 1 ? value : undefined;
}

const digits = (min: number, max: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.integer({ min: 0, max: 9 }).map(String), minLength: min, maxLength: max });

const decimal = fc
  .tuple(fc.constantFrom("", "-"), digits(0, 12), fc.constantFrom("", "."), digits(0, 12))
  .map((parts) => parts.join(""));

/** Prices as vendors print them: single precision in the digits of double precision. */
const printed = fc.float({ min: Math.fround(1e-3), max: Math.fround(1e6), noNaN: true }).map(String);

const double = fc.double({ min: 1e-6, max: 1e15, noNaN: true }).map(String);

describe("reading numbers", () => {
  it("gives what Number gives, or leaves the text to it", () => {
    fc.assert(
      fc.property(fc.oneof(decimal, printed, double, fc.string({ maxLength: 6 })), (text) => {
        const value = read(text);
        if (value !== undefined) expect(value).toBe(Number(text));
      }),
      { numRuns: 2000 },
    );
  });

  it("leaves no price to it that vendors print", () => {
    fc.assert(
      fc.property(printed, (text) => {
        if (!text.includes("e")) expect(read(text)).toBe(Number(text));
      }),
      { numRuns: 1000 },
    );
  });

  it.each(["0.1", "66.17500305175781", "25.334035873413086", "0.30000000000000004"])(
    "reads %s exactly",
    (text) => {
      expect(read(text)).toBe(Number(text));
    },
  );

  it("rounds to the nearer double where seventeen digits lie next to the middle of two", () => {
    // 2^53 + 1 lies in the middle, and so do its tenths but for their last digit.
    for (const text of [
      "900719925474099.25",
      "900719925474099.2500001",
      "4503599627370497.5",
      "0.500000000000000166",
    ]) {
      const value = read(text);
      if (value !== undefined) expect(value).toBe(Number(text));
    }
    expect(read("0.500000000000000055")).toBe(Number("0.500000000000000055"));
    expect(read("0.500000000000000056")).toBe(Number("0.500000000000000056"));
  });

  it.each([
    "",
    "-",
    ".",
    "-.",
    "1e5",
    "0x10",
    "Infinity",
    "nan",
    " 1",
    "1 ",
    "+1",
    "1.2.3",
    "1,000",
    "--1",
    "9007199254740993",
  ])("leaves %j to Number", (text) => {
    expect(read(text)).toBeUndefined();
  });

  it("keeps the sign of zero", () => {
    expect(read("-0.0")).toBe(-0);
    expect(read("0")).toBe(0);
    expect(read("5.")).toBe(5);
    expect(read(".5")).toBe(0.5);
  });
});
