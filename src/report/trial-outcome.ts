import { checksFailed } from "../domain/optimize/checks-failed.ts";
import type { GateCheck, Trial } from "../domain/optimize/report.ts";

/** Checks as the columns of a table of candidates are called. */
const CHECKS: Readonly<Record<GateCheck["name"], string>> = {
  improvement: "worse",
  "p-value": "p",
  "deflated Sharpe": "deflated",
  drawdown: "drawdown",
};

/** A verdict with what spoke against the candidate: `rejected: p, deflated`. */
export function trialOutcome(trial: Pick<Trial, "verdict" | "checks">): string {
  const failed = trial.verdict === "rejected" ? checksFailed(trial) : [];
  return failed.length === 0
    ? trial.verdict
    : `${trial.verdict}: ${failed.map((check) => CHECKS[check]).join(", ")}`;
}
