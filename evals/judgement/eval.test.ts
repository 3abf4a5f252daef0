import { expect, it } from "vitest";
import { testConfig } from "../../tests/support/test-config.ts";
import { runSuite } from "../support/run-suite.ts";
import { subjectOf } from "../support/subject-of.ts";
import type { Subject } from "../support/suite.ts";
import { suite } from "./suite.ts";

const config = testConfig();
const offline = subjectOf({ config, home: config.home });

const WHOLE_SUITE_MS = 120_000;

it("the offline model's levels and exposures fit the facts", { timeout: WHOLE_SUITE_MS }, async () => {
  const { samples } = await runSuite(suite, offline);
  expect(samples.filter(({ passed }) => !passed)).toEqual([]);
  expect(samples.length).toBeGreaterThanOrEqual(3);
});

it("a risk agent that is never worried, and one that always is, fail", async () => {
  const cases = suite.cases.filter(({ before }) => before !== null).slice(0, 1);
  const failed = async (subject: Subject): Promise<string[]> => {
    const { samples } = await runSuite({ ...suite, cases }, subject);
    return samples.flatMap(({ scores }) =>
      scores.filter(({ passed }) => !passed).map(({ criterion }) => criterion),
    );
  };
  const never = { volatility: 100, valueAtRisk: 100, drawdown: 1 };
  const always = { volatility: 1e-6, valueAtRisk: 1e-6, drawdown: 1e-6 };
  const judging = (thresholds: typeof never): Subject => ({
    ...offline,
    runtime: (settings, parts) =>
      offline.runtime(settings, {
        ...parts,
        policies: { risk: { moderateFrom: thresholds, highFrom: thresholds } },
      }),
  });
  expect(await failed(judging(never))).toContain("level");
  expect(await failed(judging(always))).toEqual([
    "level in the calm before",
    "exposure below that of the calm",
  ]);
});
