import { describe, expect, it } from "vitest";
import { actionsAtBars } from "./corporate-action.ts";

const time = Float64Array.of(10, 20, 30);

describe("corporate actions at bars", () => {
  it("moves an action whose bar is missing to the next, and drops what no bar follows or precedes", () => {
    const dividend = (at: number) => ({ time: at, split: 1, dividend: at });
    expect(actionsAtBars([9, 10, 11, 30, 31].map(dividend), time)).toEqual([
      { time: 10, split: 1, dividend: 10 },
      { time: 20, split: 1, dividend: 11 },
      { time: 30, split: 1, dividend: 30 },
    ]);
    expect(actionsAtBars([dividend(9)], new Float64Array())).toEqual([]);
  });

  it("makes one of several on a bar, in the shares after all of them", () => {
    // One share pays 4, becomes two shares, each of which pays 1: 6 in all over two shares.
    const two = [
      { time: 11, split: 1, dividend: 4 },
      { time: 20, split: 2, dividend: 1 },
    ];
    expect(actionsAtBars(two, time)).toEqual([{ time: 20, split: 2, dividend: 3 }]);
  });
});
