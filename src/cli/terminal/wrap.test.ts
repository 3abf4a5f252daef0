import * as fc from "fast-check";
import { expect, it } from "vitest";
import { lineWidth, plainText, span } from "./span.ts";
import { wrap } from "./wrap.ts";

const texts = (line: Parameters<typeof wrap>[0], width: number): string[] => wrap(line, width).map(plainText);

it("breaks at spaces", () => {
  expect(texts([span("risk is high, so the portfolio is skipped")], 14)).toEqual([
    "risk is high,",
    "so the",
    "portfolio is",
    "skipped",
  ]);
});

it("keeps a word together that runs over several formats", () => {
  expect(texts([span("a "), span("bold", "bold"), span("ness b")], 8)).toEqual(["a", "boldness", "b"]);
});

it("cuts a word that is wider than the line", () => {
  expect(texts([span("ab 株価株価 c")], 5)).toEqual(["ab", "株価", "株価", "c"]);
});

it("breaks at line feeds", () => {
  expect(texts([span("one\ntwo")], 20)).toEqual(["one", "two"]);
});

it("never exceeds the width and loses nothing but space", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 2, max: 30 }), (text, width) => {
      const lines = wrap([span(text)], width);
      const dense = (one: string): string => one.replace(/[ \t\n]/g, "");
      expect(dense(lines.map(plainText).join(""))).toBe(dense(text));
      for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(width);
    }),
  );
});
