import type { Finding } from "../finding.ts";
import type { Rows } from "../rows.ts";
import { repairDuplicates } from "./duplicates.ts";
import { checkGaps } from "./gaps.ts";
import { checkJumps } from "./jumps.ts";
import { checkNumbers } from "./numbers.ts";
import { repairRanges } from "./price-range.ts";
import { checkRowOrder } from "./row-order.ts";
import { dropOutsideSessions } from "./sessions.ts";
import { checkSilence, checkStaleness } from "./staleness.ts";
import { checkZeroVolume } from "./zero-volume.ts";

/**
 * All data checks over the rows known at `asOf` (epoch milliseconds, or Infinity), and the rows as repaired by the
 * rules that the findings state. Rows with an `error` among the findings must not be used: see `refuseErrors`.
 */
export function checkRows(given: Rows, asOf: number): { rows: Rows; findings: Finding[] } {
  const { rows, findings } = checkContent(given);
  return { rows, findings: [...findings, ...checkSilence(rows, asOf)] };
}

/** The checks that say the same whenever they are made. */
export function checkContent(given: Rows): { rows: Rows; findings: Finding[] } {
  const order = checkRowOrder(given);
  const inSession = dropOutsideSessions(given);
  const numbers = checkNumbers(inSession.rows);
  const unique = repairDuplicates(inSession.rows);
  const ranged = repairRanges(unique.rows);
  const rows = ranged.rows;
  const findings = [
    ...order,
    ...inSession.findings,
    ...numbers,
    ...unique.findings,
    ...ranged.findings,
    ...checkGaps(rows),
    ...checkJumps(rows),
    ...checkStaleness(rows),
    ...checkZeroVolume(rows),
  ];
  return { rows, findings };
}
