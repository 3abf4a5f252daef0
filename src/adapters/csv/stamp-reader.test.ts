import { describe, expect, it } from "vitest";
import { readStamp } from "./stamp-reader.ts";

const HOUR = 3_600_000;

function read(text: string): [wall: string, offsetHours: number] | null {
  const stamp = { wall: NaN, offset: NaN };
  if (!readStamp(text, stamp)) return null;
  return [new Date(stamp.wall).toISOString(), stamp.offset / HOUR];
}

describe("reading times", () => {
  it.each([
    ["2022-08-16", "2022-08-16T00:00:00.000Z", NaN],
    ["2022-08-16 00:00:00-04:00", "2022-08-16T00:00:00.000Z", -4],
    ["2025-08-07 09:31:00-04:00", "2025-08-07T09:31:00.000Z", -4],
    ["2023-01-01T00:00:00.000+0000", "2023-01-01T00:00:00.000Z", 0],
    ["2023-01-01T05:30:15.250+05:30", "2023-01-01T05:30:15.250Z", 5.5],
    ["2024-07-05T13:30:00Z", "2024-07-05T13:30:00.000Z", 0],
    ["2017-04-19 09:00:00", "2017-04-19T09:00:00.000Z", NaN],
    ["2017-04-19 09:00", "2017-04-19T09:00:00.000Z", NaN],
    ["19980102 00:00", "1998-01-02T00:00:00.000Z", NaN],
    ["19980102", "1998-01-02T00:00:00.000Z", NaN],
    ["1646092800", "2022-03-01T00:00:00.000Z", 0],
    ["1646092800.0", "2022-03-01T00:00:00.000Z", 0],
    ["1646092800000", "2022-03-01T00:00:00.000Z", 0],
    ["1646092800000000", "2022-03-01T00:00:00.000Z", 0],
  ])("reads %s", (text, wall, offset) => {
    expect(read(text)).toEqual([wall, offset]);
  });

  it.each(["", "yesterday", "2022-02-30", "2022-13-01", "03/04/2022", "2022-08-16 25:00", "12.5", "0"])(
    "refuses %s",
    (text) => {
      expect(read(text)).toBeNull();
    },
  );
});
