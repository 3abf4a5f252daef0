import { expect, it } from "vitest";
import { testConfig } from "../../tests/support/test-config.ts";
import { failures } from "../support/failures.ts";
import { runSuite } from "../support/run-suite.ts";
import { subjectOf } from "../support/subject-of.ts";
import { suite } from "./suite.ts";

const config = testConfig();
const offline = subjectOf({ config, home: config.home });

it("the seeded search finds what is planted, and nothing is promoted where nothing is", async () => {
  const result = await runSuite(suite, offline);
  expect(result.samples).toHaveLength(5);
  expect(failures(result)).toEqual([]);
}, 120_000);

it("an optimizer that misses the edge fails, and one that promotes where there is none", async () => {
  const [planted, none] = ["planted-1", "no-edge-1"].map((id) => suite.cases.find((one) => one.id === id));
  if (planted === undefined || none === undefined) throw new Error("there are both kinds");
  const failed = async (as: typeof planted, market: typeof planted): Promise<string[]> => {
    const seen = await suite.observe(offline, { ...market, budget: 2 }, 1);
    const scores = await suite.score(as, seen);
    return scores.filter(({ passed }) => !passed).map(({ criterion }) => criterion);
  };
  expect(await failed(planted, none)).toEqual(["promoted", "better on bars that nobody saw"]);
  expect(await failed(none, planted)).toContain("nothing promoted");
});
