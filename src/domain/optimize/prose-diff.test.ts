import { expect, it } from "vitest";
import { proseDiff } from "./prose-diff.ts";

it("is a unified diff of the lines that changed, as diff -u writes it", () => {
  const from = { version: "1", instructions: "one\ntwo\nthree\nfour\nfive" };
  const to = { version: "1+2f", instructions: "one\ntwo\nthree\n4\nfive\n" };
  expect(proseDiff(from, to)).toBe(
    ["--- 1", "+++ 1+2f", "@@ -2,4 +2,4 @@", " two", " three", "-four", "+4", " five", ""].join("\n"),
  );
});

it("is empty where only the end of the text differs", () => {
  expect(proseDiff({ version: "1", instructions: "a" }, { version: "2", instructions: "a\n\n" })).toBe("");
});
