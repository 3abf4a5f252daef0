import { FinAgentError } from "../../errors.ts";
import type { Finding } from "../finding.ts";
import { describeFinding } from "../describe-finding.ts";

/**
 * Refuses data that the checks found wrong.
 * @throws FinAgentError DATA_INVALID on the first error, with all errors in its details
 */
export function refuseErrors(findings: readonly Finding[]): void {
  const errors = findings.filter((finding) => finding.severity === "error");
  const [first] = errors;
  if (first === undefined) return;
  const more = errors.length > 1 ? ` Further faults: ${errors.length - 1}.` : "";
  throw new FinAgentError("DATA_INVALID", `${describeFinding(first)}${more}`, {
    hint: "Correct the data and run again; nothing was computed from it.",
    details: {
      symbol: first.symbol,
      kind: first.kind,
      file: first.file,
      line: first.line,
      date: first.date,
      errors: errors.map(describeFinding),
    },
  });
}
