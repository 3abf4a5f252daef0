import { runSuite } from "./run-suite.ts";
import type { Subject, Suite } from "./suite.ts";

/** The criteria that a subject fails on one case of a suite. */
export async function failedCriteria<Case extends { readonly id: string }, Seen>(
  suite: Suite<Case, Seen>,
  subject: Subject,
  id: string,
): Promise<string[]> {
  const cases = suite.cases.filter((one) => one.id === id);
  const { samples } = await runSuite({ ...suite, cases }, subject);
  return samples.flatMap(({ scores }) =>
    scores.filter(({ passed }) => !passed).map(({ criterion }) => criterion),
  );
}
