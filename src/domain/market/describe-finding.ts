import type { Finding } from "./finding.ts";

/** A finding as one line: where it stands, and what. */
export function describeFinding(finding: Finding): string {
  const file = finding.file ?? finding.symbol;
  const line = finding.line === null ? "" : ` line ${finding.line}`;
  const date = finding.date === null ? "" : ` (${finding.date})`;
  const count = finding.count > 1 ? ` [${finding.count} places]` : "";
  return `${file}${line}${date}: ${finding.message}${count}`;
}
