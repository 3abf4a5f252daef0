import { expect, it } from "vitest";
import { displayWidth } from "./display-width.ts";

it.each([
  ["", 0],
  ["AAPL", 4],
  ["−3.2%", 5],
  ["▁▂█", 3],
  ["─═│", 3],
  ["株価", 4],
  ["삼성", 4],
  ["１２", 4],
  ["é", 1],
  ["e\u0301", 1],
  ["📈", 2],
  ["👩‍💻", 2],
  ["⚠️", 2],
  ["a\u200bb", 2],
  ["✓", 1],
])("%j takes %i cells", (text, cells) => {
  expect(displayWidth(text)).toBe(cells);
});
