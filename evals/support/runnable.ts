import type { SuiteResult } from "./result.ts";
import { runSuite, type SuiteOptions } from "./run-suite.ts";
import type { Subject, Suite } from "./suite.ts";

/** A suite as the runner sees it, whatever its cases are. */
export interface Runnable {
  readonly name: string;
  readonly claim: string;
  readonly size: number;
  run(subject: Subject, options: SuiteOptions): Promise<SuiteResult>;
}

export function runnable<Case extends { readonly id: string }, Seen>(suite: Suite<Case, Seen>): Runnable {
  const { name, claim, cases } = suite;
  return {
    name,
    claim,
    size: cases.length,
    run: async (subject, options) => runSuite(suite, subject, options),
  };
}
