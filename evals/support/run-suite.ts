import { chooseCases } from "./choose-cases.ts";
import type { SampleResult, SuiteResult } from "./result.ts";
import { sampleSeed } from "./sample-seed.ts";
import type { Score, Subject, Suite } from "./suite.ts";

export interface SuiteOptions {
  readonly seed?: number;
  /** At most so many samples, by a seeded choice. */
  readonly limit?: number;
  /** Samples that are under way at once. */
  readonly concurrency?: number;
  /** Once aborted, no further sample is begun. */
  readonly signal?: AbortSignal;
  readonly onSample?: (sample: SampleResult) => void;
}

/**
 * Runs the cases of a suite on a subject. Whatever goes wrong in a sample is a failure of that sample.
 *
 * Once a call was refused because the budget is spent, that sample and those not yet begun are told as not run.
 */
export async function runSuite<Case extends { readonly id: string }, Seen>(
  suite: Suite<Case, Seen>,
  subject: Subject,
  { seed = 1, limit = Infinity, concurrency = 1, signal, onSample }: SuiteOptions = {},
): Promise<SuiteResult> {
  refuseDoubles(suite);
  const cases = chooseCases(suite.name, suite.cases, limit, seed);
  const done = new Map<Case, SampleResult>();
  const waiting = cases.values();
  const over = (): boolean => subject.account.refused !== null || signal?.aborted === true;
  const work = async (): Promise<void> => {
    for (const one of waiting) {
      if (over()) return;
      const sample = await runSample(suite, subject, one, sampleSeed(suite.name, one.id, seed));
      // What was cut off says nothing of the subject.
      if (over()) return;
      done.set(one, sample);
      onSample?.(sample);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return {
    suite: suite.name,
    claim: suite.claim,
    ...(suite.absent === undefined ? {} : { absent: [...suite.absent] }),
    samples: cases.flatMap((one) => done.get(one) ?? []),
    notRun: cases
      .filter((one) => !done.has(one))
      .map((one) => ({ id: one.id, criteria: suite.criteria(one).length })),
  };
}

async function runSample<Case extends { readonly id: string }, Seen>(
  suite: Suite<Case, Seen>,
  subject: Subject,
  one: Case,
  seed: number,
): Promise<SampleResult> {
  const began = performance.now();
  let given: readonly Score[] = [];
  let measurements: SampleResult["measurements"] = [];
  let fault: string | null = null;
  try {
    const seen = await suite.observe(subject, one, seed);
    given = await suite.score(one, seen);
    measurements = [...(suite.measure?.(one, seen) ?? [])];
  } catch (error) {
    fault = error instanceof Error ? error.message : String(error);
  }
  const scores = settle(suite.criteria(one), given, fault);
  const passed = scores.length > 0 && scores.every((score) => score.passed);
  return { id: one.id, seed, ms: performance.now() - began, passed, scores, measurements };
}

/** Every criterion once: one without a score has failed, and so has one that nobody asked for or that was scored twice. */
function settle(criteria: readonly string[], given: readonly Score[], fault: string | null): Score[] {
  if (fault !== null)
    return criteria.map((criterion) => ({
      criterion,
      passed: false,
      detail: `It ended in an error: ${fault}`,
    }));
  const known = criteria.map((criterion): Score => {
    const [score, second] = given.filter((one) => one.criterion === criterion);
    if (score === undefined) return { criterion, passed: false, detail: "It was not scored." };
    return second === undefined ? { ...score } : { criterion, passed: false, detail: "It was scored twice." };
  });
  const others = given
    .filter(({ criterion }) => !criteria.includes(criterion))
    .map(({ criterion }) => ({ criterion, passed: false, detail: "It is not one of the case's criteria." }));
  return [...known, ...others];
}

function refuseDoubles({ name, cases }: { name: string; cases: readonly { readonly id: string }[] }): void {
  const seen = new Set<string>();
  for (const { id } of cases) {
    if (seen.has(id)) throw new Error(`The suite ${name} has two cases with the id ${id}.`);
    seen.add(id);
  }
}
