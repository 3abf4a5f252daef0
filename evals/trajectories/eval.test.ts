import { expect, it } from "vitest";
import { testConfig } from "../../tests/support/test-config.ts";
import { failures } from "../support/failures.ts";
import { runSuite } from "../support/run-suite.ts";
import { subjectOf } from "../support/subject-of.ts";
import { matches } from "./match.ts";
import { suite } from "./suite.ts";

it("the offline model goes the right way", async () => {
  const config = testConfig();
  const result = await runSuite(suite, subjectOf({ config, home: config.home }));
  expect(result.samples.length).toBeGreaterThanOrEqual(30);
  expect(failures(result)).toEqual([]);
}, 120_000);

it("tells trajectories apart", async () => {
  const side = [["a"], ["b", "c"]];
  expect(await matches("strict", [["a"], ["c", "b"]], side)).toBe(true);
  expect(await matches("strict", [["a"], ["b"], ["c"]], side)).toBe(false);
  expect(await matches("strict", [], [])).toBe(true);
  expect(await matches("unordered", [["c"], ["b"], ["a"]], side)).toBe(true);
  expect(await matches("unordered", [["a"], ["b"]], side)).toBe(false);
  expect(await matches("superset", [["a"], ["b", "c"], ["d"]], side)).toBe(true);
  expect(await matches("subset", [["a"], ["a"]], side)).toBe(false);
});
