import type { Finding } from "../finding.ts";
import type { Rows } from "../rows.ts";

/** A finding of `count` places, the first of which is a row. */
export function findingAt(
  rows: Rows,
  index: number,
  finding: Pick<Finding, "kind" | "severity" | "message"> & { readonly count?: number },
): Finding {
  const line = rows.line[index] ?? 0;
  return {
    kind: finding.kind,
    severity: finding.severity,
    symbol: rows.symbol,
    file: rows.file,
    line: line === 0 ? null : line,
    date: stampOf(rows, index),
    count: finding.count ?? 1,
    message: finding.message,
  };
}

/** The date of a daily row, the instant of an intraday one. */
export function stampOf(rows: Rows, index: number): string {
  const session = rows.sessions[rows.session[index] ?? -1];
  if (rows.interval === "1d" && session !== undefined) return session.date;
  const text = new Date(rows.time[index] ?? NaN).toISOString();
  return rows.interval === "1d" ? text.slice(0, 10) : `${text.slice(0, 16)}Z`;
}
