import { expect, it } from "vitest";
import { testConfig } from "../../tests/support/test-config.ts";
import { retoldSubject } from "../support/acted-subject.ts";
import {
  plainCurrentDrawdown,
  plainMaxDrawdown,
  plainQuantile,
  plainReturns,
  plainVolatility,
} from "../support/plain-formulas.ts";
import { failedCriteria } from "../support/failed-criteria.ts";
import { runSuite } from "../support/run-suite.ts";
import { subjectOf } from "../support/subject-of.ts";
import type { Subject } from "../support/suite.ts";
import { suite } from "./suite.ts";

const config = testConfig();
const offline = subjectOf({ config, home: config.home });

const WHOLE_SUITE_MS = 120_000;

it("the offline model's figures are those of the bars", { timeout: WHOLE_SUITE_MS }, async () => {
  const { samples } = await runSuite(suite, offline);
  expect(samples.filter(({ passed }) => !passed)).toEqual([]);
});

const failed = async (subject: Subject, id: string): Promise<string[]> => failedCriteria(suite, subject, id);

it("a figure that is told wrongly fails, and so does one that is computed from other bars", async () => {
  const wrong = retoldSubject(offline, (answer) => answer.replaceAll(/\d+\.\d%/g, "99.9%"));
  expect(await failed(wrong, "window-JPM-2022-10-03")).toEqual(["asked figures told"]);
  const late: Subject = {
    ...offline,
    runtime: (settings, parts) => offline.runtime({ ...settings, asOf: "2024-12-27" }, parts),
  };
  expect(await failed(late, "risk-AAPL-MSFT-JPM-2024-12-31")).toContain("figures computed");
});

it("the plain formulas give what is computed by hand", () => {
  expect(plainReturns([100, 110, 99])).toEqual([expect.closeTo(0.1, 12), expect.closeTo(-0.1, 12)]);
  // Deviation of 0.1 and -0.1 is sqrt(0.02).
  expect(plainVolatility([0.1, -0.1])).toBeCloseTo(Math.sqrt(0.02 * 252), 12);
  expect(plainMaxDrawdown([100, 120, 90, 130, 117])).toBeCloseTo(-0.25, 12);
  expect(plainCurrentDrawdown([100, 130, 117])).toBeCloseTo(-0.1, 12);
  expect(plainQuantile([4, 1, 3, 2], 0.5)).toBe(2.5);
});
