import { counted } from "../format.ts";
import { checksFailed } from "./checks-failed.ts";
import type { GateCheck, Trial } from "./report.ts";

const NAMES: Readonly<Record<GateCheck["name"], string>> = {
  improvement: "no improvement",
  "p-value": "the p-value",
  "deflated Sharpe": "the deflated Sharpe ratio",
  drawdown: "a deeper drawdown",
};

/** What became of the candidates, in a sentence; where one failed by several checks it counts for each. */
export function summariseTrials(trials: readonly Trial[]): string {
  const of = (verdict: Trial["verdict"]): Trial[] => trials.filter((one) => one.verdict === verdict);
  const rejected = of("rejected");
  const reasons = Object.entries(NAMES).flatMap(([check, name]) => {
    const failed = rejected.filter((one) => checksFailed(one).some((failure) => failure === check)).length;
    return failed === 0 ? [] : [`${failed} for ${name}`];
  });
  const parts = [
    rejected.length === 0 ? [] : [`${rejected.length} rejected (${reasons.join(", ")})`],
    (["invalid", "not confirmed", "accepted", "promoted"] as const).flatMap((verdict) => {
      const some = of(verdict);
      return some.length === 0 ? [] : [`${some.length} ${WORDS[verdict]}`];
    }),
  ].flat();
  return `${counted(trials.length, "candidate")}: ${parts.join(", ")}.`;
}

const WORDS = {
  invalid: "not valid",
  "not confirmed": "not confirmed by the hold-out",
  accepted: "let through",
  promoted: "promoted",
} as const;
