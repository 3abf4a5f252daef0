import { at } from "../column.ts";
import type { Finding } from "../finding.ts";
import type { Rows } from "../rows.ts";
import { findingAt } from "./finding-at.ts";

/** What rounding does to numbers that passed through other hands. */
const NOISE = 1e-9;
/** Vendors take open and close from another feed than high and low; further apart is no such difference. */
const REPAIRABLE = 0.01;

/**
 * High below low (an error), and open or close outside of the two: up to 1% outside the high or low is moved there
 * (repaired), further is an error.
 */
export function repairRanges(rows: Rows): { rows: Rows; findings: Finding[] } {
  const swapped: number[] = [];
  const outside: number[] = [];
  let worst = 0;
  for (let i = 0; i < rows.length; i++) {
    const high = at(rows.high, i);
    const low = at(rows.low, i);
    const open = at(rows.open, i);
    const close = at(rows.close, i);
    if (open <= high && close <= high && open >= low && close >= low) continue;
    const top = Math.max(open, close);
    const bottom = Math.min(open, close);
    if (high < low * (1 - NOISE)) swapped.push(i);
    else if (top > high * (1 + NOISE) || bottom < low * (1 - NOISE)) {
      outside.push(i);
      worst = Math.max(worst, top / high - 1, 1 - bottom / low);
    }
  }
  const findings: Finding[] = [];
  const [inverted] = swapped;
  if (inverted !== undefined) {
    findings.push(
      findingAt(rows, inverted, {
        kind: "high-below-low",
        severity: "error",
        count: swapped.length,
        message: `High ${at(rows.high, inverted)} is below low ${at(rows.low, inverted)}.`,
      }),
    );
  }
  const [first] = outside;
  if (first === undefined) return { rows, findings };
  const repairable = worst <= REPAIRABLE;
  const apart = `Open or close lies up to ${(worst * 100).toFixed(2)}% outside of high and low`;
  findings.push(
    findingAt(rows, first, {
      kind: "price-outside-range",
      severity: repairable ? "repaired" : "error",
      count: outside.length,
      message: repairable ? `${apart}; high and low were widened to hold it.` : `${apart}.`,
    }),
  );
  if (!repairable) return { rows, findings };
  const high = rows.high.slice();
  const low = rows.low.slice();
  for (const i of outside) {
    high[i] = Math.max(at(high, i), at(rows.open, i), at(rows.close, i));
    low[i] = Math.min(at(low, i), at(rows.open, i), at(rows.close, i));
  }
  return { rows: { ...rows, high, low }, findings };
}
