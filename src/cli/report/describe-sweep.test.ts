import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, expect, it } from "vitest";
import { marketOf } from "../../../tests/support/panel-market.ts";
import { dailyBars } from "../../../tests/support/daily-bars.ts";
import { scriptedIo } from "../../../tests/support/scripted-io.ts";
import { randomFrom } from "../../domain/random.ts";
import { createRuntime } from "../../runtime.ts";
import { sweepStrategyTool } from "../../tools/sweep-strategy.ts";
import { writeBlocks } from "../write-output.ts";
import { describeSweep } from "./describe-sweep.ts";
import { testConfig } from "../../../tests/support/test-config.ts";

const home = mkdtempSync(join(tmpdir(), "finagent-sweep-"));
const random = randomFrom(1);
let price = 100;
const close = Float64Array.from({ length: 200 }, () => (price *= Math.exp(0.03 * random.normal())));
const runtime = createRuntime(testConfig({ asOf: "2001-06-30", home }), {
  market: marketOf([dailyBars("AAPL", { open: close, close })]),
});
const report = await runtime.run(sweepStrategyTool, {
  strategy: "rsi-reversal",
  grid: { period: "5:9", oversold: [30, 40], overbought: [60, 70], short: [true, false] },
  symbols: ["AAPL"],
  metric: "calmar",
});

afterAll(() => rmSync(home, { recursive: true }));

it.each([200, 80, 66])("has as many figures as %d cells have room for, and breaks no word", (width) => {
  const { io, stdout } = scriptedIo({ columns: width });
  writeBlocks(io.out, describeSweep(report, 1, width));
  const lines = stripVTControlCharacters(stdout()).split("\n");
  const table = lines.slice(lines.indexOf("The best by Calmar") + 2);
  const head = table
    .slice(
      0,
      table.findIndex((line) => line.startsWith("───")),
    )
    .join(" ");
  for (const word of ["period", "oversold", "overbought", "short", "Calmar", "Neighbours"])
    expect(head).toContain(word);
  expect(head.includes("Win")).toBe(width === 200);
  expect(table.find((line) => line.startsWith("plateau"))).toBeDefined();
  expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(width);
});
