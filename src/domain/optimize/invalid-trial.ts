import type { Trial } from "./report.ts";

/** A proposal that could not be tried: it counts against the budget all the same. */
export function invalidTrial(number: number, parent: string, reason: string): Trial {
  return {
    number,
    version: null,
    parent,
    author: "model",
    reasoning: "",
    policy: null,
    policyChanges: [],
    proseDiff: "",
    metrics: null,
    difference: null,
    pValue: null,
    deflatedSharpe: null,
    sharpePerPeriod: null,
    checks: [],
    verdict: "invalid",
    reason,
  };
}
