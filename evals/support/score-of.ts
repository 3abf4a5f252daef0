import type { Score } from "./suite.ts";

/** A criterion that asks for one text. */
export function scoreOf(criterion: string, expected: string, seen: string): Score {
  return { criterion, passed: expected === seen, detail: `expected ${expected}; saw ${seen}` };
}

export function passes(criterion: string): Score {
  return { criterion, passed: true, detail: "" };
}
