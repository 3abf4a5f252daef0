import type { GateCheck, Trial } from "./report.ts";

/** What spoke against a candidate at the gate. */
export function checksFailed({ checks }: Pick<Trial, "checks">): GateCheck["name"][] {
  return checks.filter(({ passed }) => !passed).map(({ name }) => name);
}
