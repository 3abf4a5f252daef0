import type { SubjectResult } from "./result.ts";

/** Every suite that some subject was asked, in order. */
export function suiteNames(subjects: readonly SubjectResult[]): string[] {
  return [...new Set(subjects.flatMap(({ suites }) => suites.map(({ suite }) => suite)))];
}
