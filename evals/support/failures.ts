import type { SuiteResult } from "./result.ts";

/** The samples that failed, each with what was expected and what was seen: for a test's message. */
export function failures({ suite, samples, notRun }: SuiteResult): string[] {
  return [
    ...samples.flatMap(({ id, scores, passed }) => {
      if (passed) return [];
      if (scores.length === 0) return [`${suite}/${id}: it has no criterion`];
      const failed = scores.filter((score) => !score.passed);
      const [first] = failed;
      // An error fails all criteria alike.
      if (first !== undefined && failed.length > 1 && failed.every(({ detail }) => detail === first.detail))
        return [`${suite}/${id}: ${failed.length} criteria: ${first.detail}`];
      return failed.map(({ criterion, detail }) => `${suite}/${id}: ${criterion}: ${detail}`);
    }),
    ...notRun.map(({ id }) => `${suite}/${id}: not run`),
  ];
}
