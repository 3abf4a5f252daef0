import { expect, it } from "vitest";
import { alikeReasons } from "./alike-reasons.ts";

it("says what several symbols share once, with each one's figure", () => {
  expect(
    alikeReasons([
      { symbol: "AAPL", reason: "Its score of -0.41 is short, and the portfolio is long only." },
      { symbol: "KO", reason: "Its score of 0.05 is neutral." },
      { symbol: "AMD", reason: "Its score of -0.38 is short, and the portfolio is long only." },
      { symbol: "X", reason: "It has no bars." },
      { symbol: "Y", reason: "It has no bars." },
    ]),
  ).toEqual([
    "AAPL (-0.41), AMD (-0.38): The score is short, and the portfolio is long only.",
    "KO: Its score of 0.05 is neutral.",
    "X, Y: It has no bars.",
  ]);
});

it("keeps apart what differs in more than its figure", () => {
  const reasons = [
    { symbol: "A", reason: "20 of 63 bars are missing." },
    { symbol: "B", reason: "20 of 63 bars are stale." },
  ];
  expect(alikeReasons(reasons)).toEqual(["A: 20 of 63 bars are missing.", "B: 20 of 63 bars are stale."]);
});
