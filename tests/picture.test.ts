import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { draw, printedLines, textOf } from "../docs/picture.ts";

it("README's picture shows what the command prints", async () => {
  const kept = readFileSync(new URL("../docs/ask.svg", import.meta.url), "utf8");
  expect(textOf(kept)).toEqual(textOf(draw(await printedLines())));
  expect(textOf(kept).length).toBeGreaterThan(60);
});
