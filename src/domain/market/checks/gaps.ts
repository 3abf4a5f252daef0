import { at } from "../column.ts";
import type { Finding } from "../finding.ts";
import { intervalMs } from "../interval.ts";
import type { Rows } from "../rows.ts";
import { findingAt, stampOf } from "./finding-at.ts";

/** A quarter without trading is no gap in the data: the company was gone, or had another symbol. */
const HOLE_SESSIONS = 60;

/**
 * Bars that the calendar expects between the first and the last and that are not there. Gaps are a note (nothing is
 * filled in); a hole of more than 60 sessions is an error, because returns and look-backs across it mean nothing.
 */
export function checkGaps(rows: Rows): Finding[] {
  const findings: Finding[] = [];
  let missing = 0;
  let firstGap = -1;
  for (let i = 1; i < rows.length; i++) {
    const closed = (rows.session[i] ?? -1) - (rows.session[i - 1] ?? -1) - 1;
    if (closed > HOLE_SESSIONS) {
      const message = `No bar in ${closed} sessions since ${stampOf(rows, i - 1)}${renamed(rows, i)}. Use the rows of one side only, or fill the hole.`;
      findings.push(findingAt(rows, i, { kind: "symbol-change", severity: "error", message }));
      continue;
    }
    const between = rows.interval === "1d" ? closed : intradayGap(rows, i);
    if (between <= 0) continue;
    if (firstGap < 0) firstGap = i;
    missing += between;
  }
  if (missing > 0) {
    const message = `Bars are missing that the ${rows.calendar} calendar has, the first right before this one; nothing was filled in.`;
    findings.push(
      findingAt(rows, firstGap, { kind: "missing-bar", severity: "note", count: missing, message }),
    );
  }
  return findings;
}

/** Bars that fit between two rows: within one session, or after the one and before the other. */
function intradayGap(rows: Rows, i: number): number {
  const width = intervalMs(rows.interval);
  const from = rows.session[i - 1] ?? -1;
  const to = rows.session[i] ?? -1;
  if (from === to) return Math.round((at(rows.time, i) - at(rows.time, i - 1)) / width) - 1;
  let count = 0;
  for (let s = from; s <= to; s++) {
    const session = rows.sessions[s];
    if (session === undefined) continue;
    const start = s === from ? at(rows.closeTime, i - 1) : session.open;
    const end = s === to ? at(rows.time, i) : session.close;
    count += s === to ? Math.floor((end - start) / width) : Math.ceil((end - start) / width);
  }
  return count;
}

function renamed(rows: Rows, i: number): string {
  const before = stampOf(rows, i - 1).slice(0, 10);
  const other = rows.names.find((name) => name.until > before && name.symbol.toUpperCase() !== rows.symbol);
  return other === undefined
    ? ": it was not traded, or under another symbol"
    : `: it was ${other.symbol.toUpperCase()} until ${other.until}`;
}
