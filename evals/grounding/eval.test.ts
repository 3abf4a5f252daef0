import { expect, it } from "vitest";
import { testConfig } from "../../tests/support/test-config.ts";
import { KnownFigures } from "../support/known-figures.ts";
import { printedFigures } from "../support/printed-figures.ts";
import { runSuite } from "../support/run-suite.ts";
import { retoldSubject } from "../support/acted-subject.ts";
import { subjectOf } from "../support/subject-of.ts";
import { suite } from "./suite.ts";

const config = testConfig();
const offline = subjectOf({ config, home: config.home });

const WHOLE_SUITE_MS = 120_000;

it("the offline model's figures are all grounded", { timeout: WHOLE_SUITE_MS }, async () => {
  const { samples } = await runSuite(suite, offline);
  expect(samples.filter(({ passed }) => !passed)).toEqual([]);
  expect(samples.length).toBeGreaterThanOrEqual(25);
});

const few = { ...suite, cases: suite.cases.filter(({ id }) => ["compare-two", "risk-only"].includes(id)) };

async function failing(retell: (answer: string) => string): Promise<string[]> {
  const { samples } = await runSuite(few, retoldSubject(offline, retell));
  const failed = samples.flatMap(({ scores }) => scores.filter(({ passed }) => !passed));
  return [...new Set(failed.map(({ criterion }) => criterion))].sort();
}

it("a planted figure is noticed, by the suite and by the run itself", async () => {
  expect(await failing((answer) => `${answer}\n\nIt will rise by 47.13%.`)).toEqual([
    "every figure traced",
    "none unverified",
  ]);
});

it("so is a figure of another symbol, and one with the sign turned, which exist somewhere", async () => {
  const exchanged = (answer: string): string =>
    answer.replaceAll(
      /^\| (AAPL|MSFT) \|/gm,
      (_row, symbol: string) => `| ${symbol === "AAPL" ? "MSFT" : "AAPL"} |`,
    );
  expect(await failing(exchanged)).toContain("every figure traced");
  expect(await failing((answer) => answer.replace(/-(\d+\.\d%)/, "+$1"))).toContain("every figure traced");
});

it("an answer without figures is not grounded in anything", async () => {
  expect(await failing(() => "It looks fine.")).toEqual(["figures given"]);
});

it("reads figures, and leaves dates, names and lists alone", () => {
  const text =
    "1. On 2024-12-30 SIM500 (Q1) rose +1,234.5, 12.3% or 63-day 20 bps; SMA 10/30 in 2007-2009, $2 million.";
  const read = printedFigures(text).map(({ value, scale }) => Number((value * scale).toPrecision(12)));
  expect(read).toEqual([1234.5, 0.123, 63, 0.002, 10, 30, 2e6]);
});

it("rounds half either way, to the digits written", () => {
  const untraced = (answer: string): string[] =>
    new KnownFigures([{ symbol: "A", value: 0.12345 }]).untraced(answer);
  for (const fits of ["12.3%", "12%", "0.123", "12.34%", "12.35%", "| A | 0.12 |"])
    expect(untraced(fits)).toEqual([]);
  for (const other of ["12.4%", "-12.3%", "0.13", "0", "| B | 0.13 |"])
    expect(untraced(other)).toHaveLength(1);
});
