import { randomFrom } from "../../src/domain/random.ts";

/** A seeded choice of at most `limit` cases, in their own order. */
export function chooseCases<T extends { readonly id: string }>(
  suite: string,
  cases: readonly T[],
  limit: number,
  baseSeed: number,
): readonly T[] {
  if (cases.length <= limit) return cases;
  const chosen = new Set(randomFrom(baseSeed).fork(suite).fork("choice").shuffle(cases).slice(0, limit));
  return cases.filter((one) => chosen.has(one));
}
