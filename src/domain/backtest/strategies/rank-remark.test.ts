import { expect, it } from "vitest";
import { rankRemark } from "./rank-remark.ts";

it("says that a rank of too few symbols chooses nothing", () => {
  expect(rankRemark("momentum-rank", { top: 3, absolute: true }, 3)).toEqual([
    "The rank chose nothing: there are 3 symbols for a top of 3, so momentum-rank held all that rose.",
  ]);
  expect(rankRemark("low-volatility", { top: 3 }, 1)).toEqual([
    "The rank chose nothing: there is 1 symbol for a top of 3, so low-volatility held all of them.",
  ]);
  expect(rankRemark("momentum-rank", { top: 2, absolute: true }, 3)).toEqual([]);
  expect(rankRemark("mine", { top: 3 }, 1)).toEqual([]);
});
