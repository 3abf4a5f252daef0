import type { RiskPolicy } from "../policy/risk.ts";
import { percent } from "./percent.ts";
import type { RiskReport } from "./report.ts";
import type { StressLoss } from "./stress.ts";

/** Limits of the policy that are exceeded: the current drawdown, and the worst of the stress losses. */
export function findBreaches(
  policy: Pick<RiskPolicy, "maxDrawdown" | "maxStressLoss">,
  figures: { readonly currentDrawdown: number; readonly stress: readonly StressLoss[] },
): RiskReport["breaches"] {
  const breaches: RiskReport["breaches"] = [];
  const fall = -figures.currentDrawdown;
  if (fall > policy.maxDrawdown) {
    breaches.push({
      limit: "maxDrawdown",
      value: fall,
      maximum: policy.maxDrawdown,
      message: `The book stands ${percent(fall)} below its high; the limit is ${percent(policy.maxDrawdown)}.`,
    });
  }
  const beyond = figures.stress
    .map((one) => ({ scenario: one.scenario, loss: -(one.return ?? 0) }))
    .filter((one) => one.loss > policy.maxStressLoss)
    .sort((a, b) => b.loss - a.loss);
  const [worst] = beyond;
  if (worst !== undefined) {
    breaches.push({
      limit: "maxStressLoss",
      value: worst.loss,
      maximum: policy.maxStressLoss,
      message: `"${worst.scenario}" would cost ${percent(worst.loss)}; the limit is ${percent(policy.maxStressLoss)} (${beyond.length} of ${figures.stress.length} scenarios exceed it).`,
    });
  }
  return breaches;
}
