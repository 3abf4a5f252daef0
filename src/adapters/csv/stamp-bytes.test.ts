import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stampInBytes } from "./stamp-bytes.ts";
import { readStamp } from "./stamp-reader.ts";

const encoder = new TextEncoder();

/** The stamp of a whole cell; null where it is left to `readStamp`. */
function read(text: string): { wall: number; offset: number } | null {
  const stamp = { wall: NaN, offset: NaN };
  return stampInBytes(encoder.encode(`${text}\n`), 0, stamp) === text.length ? stamp : null;
}

const two = fc.integer({ min: 0, max: 62 }).map((value) => String(value).padStart(2, "0"));
const year = fc.integer({ min: 0, max: 9999 }).map((value) => String(value).padStart(4, "0"));
const date = fc.oneof(
  fc
    .date({ noInvalidDate: true, min: new Date(0), max: new Date("2100-01-01") })
    .map((one) => one.toISOString().slice(0, 10)),
  fc.tuple(year, two, two).map((parts) => parts.join("-")),
);
const clock = fc.oneof(
  fc.constant(""),
  fc
    .tuple(fc.constantFrom(" ", "T", "  "), two, fc.constantFrom(":", ""), two)
    .map((parts) => parts.join("")),
  fc
    .tuple(fc.constantFrom(" ", "T"), two, two, two, fc.constantFrom("", ".0", ".000", ".25", ".0000000000"))
    .map(([mark, hour, minute, second, rest]) => `${mark}${hour}:${minute}:${second}${rest}`),
);
const offset = fc.oneof(
  fc.constantFrom("", "Z", "UTC", " UTC", "z"),
  fc
    .tuple(fc.constantFrom("+", "-", " +"), two, fc.constantFrom(":", ""), two)
    .map((parts) => parts.join("")),
);
const stamp = fc.oneof(
  fc.tuple(date, clock, offset).map((parts) => parts.join("")),
  fc.tuple(date, clock).map(([day, time]) => `${day.replaceAll("-", "")}${time}`),
  fc.integer({ min: 0, max: 2 ** 53 }).map(String),
  fc.string({ maxLength: 12 }),
);

describe("reading times in bytes", () => {
  it("gives what their text gives, or leaves it to the text", () => {
    fc.assert(
      fc.property(stamp, (text) => {
        const found = read(text);
        if (found === null) return;
        const expected = { wall: NaN, offset: NaN };
        expect(readStamp(text, expected)).toBe(true);
        expect(found).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    "2022-08-16",
    "2025-08-07 09:31:00-04:00",
    "2023-01-01T00:00:00.000+0000",
    "2024-07-05T13:30:00Z",
    "2017-04-19 09:00",
    "19980102 00:00",
    "19980102",
    "1646092800",
    "1646092800000",
  ])("leaves %s not to the text", (text) => {
    expect(read(text)).not.toBeNull();
  });

  it.each(["2023-02-29", "2024-13-01", "20230229", "2024-01-01 24:00", "2024-01-01 10:60"])(
    "leaves %s to be refused",
    (text) => {
      expect(read(text)).toBeNull();
    },
  );
});
