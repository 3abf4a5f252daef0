import { randomFrom } from "../../src/domain/random.ts";

/** A sample's own seed, from the suite's name, the case and the base seed: no sample depends on another. */
export function sampleSeed(suite: string, caseId: string, baseSeed: number): number {
  return randomFrom(baseSeed).fork(suite).fork(caseId).bits();
}
