import type { Finding } from "../finding.ts";
import { filterRows, type Rows } from "../rows.ts";
import { XNYS_FIRST_DATE } from "../xnys.ts";
import { findingAt, stampOf } from "./finding-at.ts";

/**
 * Rows outside of every session: holidays, pre-market and after-hours trading, days before the calendar begins.
 * They are left out (repaired), since no order can fill there.
 */
export function dropOutsideSessions(rows: Rows): { rows: Rows; findings: Finding[] } {
  let first = -1;
  let early = -1;
  let strays = 0;
  let earlier = 0;
  for (let i = 0; i < rows.length; i++) {
    if ((rows.session[i] ?? -1) >= 0) continue;
    if (stampOf(rows, i) < XNYS_FIRST_DATE) {
      if (early < 0) early = i;
      earlier += 1;
    } else {
      if (first < 0) first = i;
      strays += 1;
    }
  }
  const findings: Finding[] = [];
  if (strays + earlier === 0) return { rows, findings };
  const kind = "not-a-session";
  if (early >= 0) {
    const message = `Rows before ${XNYS_FIRST_DATE} were left out: the New York calendar begins there.`;
    findings.push(findingAt(rows, early, { kind, severity: "repaired", count: earlier, message }));
  }
  if (first >= 0) {
    const message = "New York was closed at that time; the row was left out.";
    findings.push(findingAt(rows, first, { kind, severity: "repaired", count: strays, message }));
  }
  return { rows: filterRows(rows, (i) => (rows.session[i] ?? -1) >= 0), findings };
}
