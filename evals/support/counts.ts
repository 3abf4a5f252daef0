import { count, counted } from "../../src/domain/format.ts";
import type { SubjectResult, SuiteResult } from "./result.ts";

export interface Counts {
  readonly samples: number;
  readonly criteria: number;
  readonly passed: number;
  readonly failed: number;
  readonly notRun: number;
}

export function countsOf(subjects: readonly SubjectResult[]): Counts {
  const suites = subjects.flatMap((one) => one.suites);
  const samples = suites.flatMap((one) => one.samples);
  const missing = suites.flatMap((one) => one.notRun);
  const scores = samples.flatMap((one) => one.scores);
  const passed = scores.filter((one) => one.passed).length;
  const notRun = missing.reduce((sum, { criteria }) => sum + criteria, 0);
  return {
    samples: samples.length + missing.length,
    criteria: scores.length + notRun,
    passed,
    failed: scores.length - passed,
    notRun,
  };
}

/** Samples of a suite that passed, and that were run. */
export function passedOf({ samples }: SuiteResult): { passed: number; total: number } {
  return { passed: samples.filter((one) => one.passed).length, total: samples.length };
}

/** `8 suites, 412 samples, 1,830 criteria: 1,830 passed, 0 failed, 0 not run in 61 s` */
export function countsLine(subjects: readonly SubjectResult[]): string {
  const { samples, criteria, passed, failed, notRun } = countsOf(subjects);
  const suites = new Set(subjects.flatMap((one) => one.suites.map(({ suite }) => suite))).size;
  const seconds = Math.round(subjects.reduce((sum, { ms }) => sum + ms, 0) / 1000);
  const of = subjects.length > 1 ? ` of ${subjects.length} subjects` : "";
  const what = `${counted(suites, "suite")}${of}, ${counted(samples, "sample")}, ${count(criteria)} criteria`;
  return `${what}: ${count(passed)} passed, ${count(failed)} failed, ${count(notRun)} not run in ${count(seconds)} s`;
}
