import { expect, it } from "vitest";
import { testConfig } from "../../tests/support/test-config.ts";
import { failures } from "../support/failures.ts";
import { runSuite } from "../support/run-suite.ts";
import { subjectOf } from "../support/subject-of.ts";
import { suite } from "./suite.ts";

it("the offline model understands every request", async () => {
  const config = testConfig();
  const result = await runSuite(suite, subjectOf({ config, home: config.home }));
  expect(result.samples).toHaveLength(150);
  expect(failures(result)).toEqual([]);
}, 120_000);
