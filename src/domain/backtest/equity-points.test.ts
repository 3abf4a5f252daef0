import { describe, expect, it } from "vitest";
import { equityPoints } from "./equity-points.ts";

const MINUTE_MS = 60_000;

function curve(length: number): { time: Float64Array; equity: Float64Array } {
  const time = new Float64Array(length).map((_, i) => i * MINUTE_MS);
  return { time, equity: new Float64Array(length).map((_, i) => i + 0.004) };
}

describe("equity points", () => {
  it("are all bars of a run of ordinary length, to the cent", () => {
    const { time, equity } = curve(3);
    expect(equityPoints(time, equity)).toEqual([
      ["1970-01-01T00:00:00.000Z", 0],
      ["1970-01-01T00:01:00.000Z", 1],
      ["1970-01-01T00:02:00.000Z", 2],
    ]);
    expect(equityPoints(new Float64Array(), new Float64Array())).toEqual([]);
  });

  it("are every third of 250,000, with the first and the last", () => {
    const { time, equity } = curve(250_000);
    const values = equityPoints(time, equity).map(([, value]) => value);
    expect(values.length).toBe(83_334);
    expect([values[0], values[1], values[2], values.at(-1)]).toEqual([0, 3, 6, 249_999]);
    const odd = curve(250_001);
    const others = equityPoints(odd.time, odd.equity).map(([, value]) => value);
    expect([others[0], others[1], others[2], others.at(-1)]).toEqual([0, 1, 4, 250_000]);
  });
});
