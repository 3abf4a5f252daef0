import type { Proof, Standing } from "./report.ts";
import { addSweepFigures } from "./sweep-figures.ts";

/** The tests as people call them, in the order of a report. */
export const PROOF_TESTS = [
  ["lookAhead", "look-ahead"],
  ["history", "history"],
  ["costs", "costs"],
  ["lags", "fill lag"],
  ["bootstrap", "bootstrap"],
  ["walkForward", "walk-forward"],
  ["overfitting", "overfitting"],
] as const satisfies readonly (readonly [keyof Proof, string])[];

/**
 * Takes a proof into a verdict: its figures, what fails first among the reasons, then what is doubtful, and which
 * tests passed.
 * @returns how each test stands
 */
export function weighProof(
  proof: Proof,
  figures: Record<string, number | null>,
  reasons: string[],
): Standing[] {
  addSweepFigures(proof.costs, proof.lags, figures);
  figures["sharpeLow"] = proof.bootstrap.sharpe.low;
  figures["sharpeHigh"] = proof.bootstrap.sharpe.high;
  figures["outOfSampleSharpe"] = proof.walkForward.outOfSampleSharpe;
  figures["walkForwardEfficiency"] = proof.walkForward.efficiency;
  figures["probabilityOfOverfitting"] = proof.overfitting.probability;
  figures["deflatedSharpe"] = proof.overfitting.deflatedSharpe;
  const of = (standing: Standing): (typeof PROOF_TESTS)[number][] =>
    PROOF_TESTS.filter(([key]) => proof[key].standing === standing);
  reasons.unshift(...of("failed").map(([key]) => proof[key].conclusion));
  reasons.push(...of("doubtful").map(([key]) => proof[key].conclusion));
  const passed = of("passed").map(([, name]) => name);
  if (passed.length > 0) reasons.push(`Passed: ${passed.join(", ")}.`);
  return PROOF_TESTS.map(([key]) => proof[key].standing);
}
