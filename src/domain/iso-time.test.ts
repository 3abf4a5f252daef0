import * as fc from "fast-check";
import { expect, it } from "vitest";
import { isoTime } from "./iso-time.ts";

it("writes every instant as Date does", () => {
  const instant = fc.date({ noInvalidDate: true }).map((date) => date.getTime());
  fc.assert(
    fc.property(fc.array(fc.oneof(instant, fc.integer({ min: -3e9, max: 3e9 }))), (times) => {
      for (const time of times) expect(isoTime(time)).toBe(new Date(time).toISOString());
    }),
  );
});

it("refuses what is no instant, and is not confused by it", () => {
  expect(() => isoTime(NaN)).toThrow(RangeError);
  expect(() => isoTime(1e300)).toThrow(RangeError);
  expect(isoTime(0)).toBe("1970-01-01T00:00:00.000Z");
});
