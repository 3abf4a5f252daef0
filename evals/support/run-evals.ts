import type { Runnable } from "./runnable.ts";
import type { SampleResult, SubjectResult, SuiteResult } from "./result.ts";
import type { SuiteOptions } from "./run-suite.ts";
import type { Subject } from "./suite.ts";

export interface EvalsOptions extends Omit<SuiteOptions, "onSample"> {
  readonly suites: readonly Runnable[];
  readonly onSample?: (subject: Subject, suite: Runnable, sample: SampleResult) => void;
}

/** Runs suites, one after the other, on one subject. */
export async function runEvals(
  subject: Subject,
  { suites, onSample, ...options }: EvalsOptions,
): Promise<SubjectResult> {
  const began = performance.now();
  const results: SuiteResult[] = [];
  for (const suite of suites) {
    results.push(
      await suite.run(subject, { ...options, onSample: (sample) => onSample?.(subject, suite, sample) }),
    );
  }
  return {
    subject: subject.name,
    prompts: { ...subject.prompts },
    cutoff: subject.cutoff,
    suites: results,
    costUsd: subject.account.costUsd,
    ms: performance.now() - began,
  };
}
