import { percent } from "./percent.ts";
import type { RiskReport } from "./report.ts";
import { worstStress } from "./worst-stress.ts";

/**
 * What goes beyond the policy's limits: the current drawdown, and the worst stress loss that the book would have if it
 * were fully invested.
 */
export function findBreaches(
  figures: Pick<RiskReport, "policy" | "currentDrawdown" | "stress" | "weights">,
): RiskReport["breaches"] {
  const { maxDrawdown, maxStressLoss } = figures.policy;
  const breaches: RiskReport["breaches"] = [];
  const fall = -(figures.currentDrawdown ?? 0);
  if (fall > maxDrawdown) {
    breaches.push({
      limit: "maxDrawdown",
      value: fall,
      maximum: maxDrawdown,
      message: `The book stands ${percent(fall)} below its high; the limit is ${percent(maxDrawdown)}.`,
    });
  }
  const worst = worstStress(figures);
  if (worst !== null && worst.loss > maxStressLoss) {
    breaches.push({
      limit: "maxStressLoss",
      value: worst.loss,
      maximum: maxStressLoss,
      message: `Fully invested, the book would lose ${percent(worst.loss)} in ${worst.event}; the policy lets it lose ${percent(maxStressLoss)}.`,
    });
  }
  return breaches;
}
