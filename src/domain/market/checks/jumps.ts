import { at } from "../column.ts";
import type { Finding } from "../finding.ts";
import type { Rows } from "../rows.ts";
import { describeExcursion, excursionAt } from "./excursions.ts";
import { findingAt, stampOf } from "./finding-at.ts";

/** A move to or from this fraction within one bar is worth a look. */
const LARGE = 0.57;
const SPLIT_TOLERANCE = 0.04;
/** A day on which a company fell by half has a wide range; without a range only larger ratios are sure. */
const CALM_RANGE = 0.15;
const SURE_RATIO = 3;
/** Moves between these are neither large nor a split, to open nor to close. */
const ORDINARY = 0.6;
const RATIOS = [2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 30, 40, 50];

/**
 * Jumps from a close to the next open by a ratio of splits (2 for 1 … 50 for 1, or reverse; within 4%), on a day that
 * is otherwise calm (3 for 1 and more where there are closes only). Where the source says nothing about splits such a jump is an error: a strategy would trade on
 * a loss that nobody had. Any other move to five times the last close or more, or to a fifth or less and back, is
 * an error too, whatever the source says of splits: adjusted prices do not move so. Smaller ones are a note.
 */
export function checkJumps(rows: Rows): Finding[] {
  const findings: Finding[] = [];
  let large = 0;
  let firstLarge = -1;
  let far = 0;
  let firstFar = -1;
  for (let i = 1; i < rows.length; i++) {
    const factor = at(rows.factor, i);
    const before = at(rows.close, i - 1) * at(rows.factor, i - 1);
    const opened = (at(rows.open, i) * factor) / before;
    const closed = (at(rows.close, i) * factor) / before;
    const least = Math.min(opened, closed);
    if (least > ORDINARY && Math.max(opened, closed) < 1 / ORDINARY) continue;
    const excursion = excursionAt(rows, i);
    const ratio = rows.calendar === "XNYS" ? splitRatio(opened) : undefined;
    if (
      ratio !== undefined &&
      excursion?.returns !== true &&
      isSure(rows, i, ratio) &&
      (rows.adjustment === "unknown" || rows.adjustment === "none")
    ) {
      findings.push(splitJump(rows, i, ratio));
    } else if (excursion !== undefined) {
      if (firstFar < 0) firstFar = i;
      far += 1;
      // The way back is no second fault.
      if (excursion.returns) i += 1;
    } else if (closed < LARGE || closed > 1 / LARGE) {
      if (firstLarge < 0) firstLarge = i;
      large += 1;
    }
  }
  const first = firstFar < 0 ? undefined : excursionAt(rows, firstFar);
  if (first !== undefined) {
    const message = describeExcursion(rows, firstFar, first);
    findings.push(findingAt(rows, firstFar, { kind: "split-jump", severity: "error", count: far, message }));
  }
  if (large > 0) {
    const before = at(rows.close, firstLarge - 1) * at(rows.factor, firstLarge - 1);
    const move = (at(rows.close, firstLarge) * at(rows.factor, firstLarge)) / before - 1;
    const message = `The price moved by ${(move * 100).toFixed(0)}% in one bar; kept as it is.`;
    findings.push(
      findingAt(rows, firstLarge, { kind: "split-jump", severity: "note", count: large, message }),
    );
  }
  return findings;
}

function isSure(rows: Rows, i: number, ratio: number): boolean {
  if (rows.high === rows.close) return Math.max(ratio, 1 / ratio) >= SURE_RATIO;
  return at(rows.high, i) / at(rows.low, i) - 1 < CALM_RANGE;
}

/** The split that a move from close to open looks like: 4 for four shares made of one, 0.25 for the reverse. */
function splitRatio(move: number): number | undefined {
  const size = move < 1 ? 1 / move : move;
  const ratio = RATIOS.find((one) => Math.abs(size / one - 1) <= SPLIT_TOLERANCE);
  return ratio === undefined || move < 1 ? ratio : 1 / ratio;
}

function splitJump(rows: Rows, i: number, ratio: number): Finding {
  const name = ratio > 1 ? `${ratio}-for-1 split` : `1-for-${Math.round(1 / ratio)} reverse split`;
  const prices = `${at(rows.close, i - 1)} on ${stampOf(rows, i - 1)} to ${at(rows.open, i)}`;
  const truly = ratio > 0.2 && ratio < 5 ? " (1 in every row if the price truly moved)" : "";
  const message = `The price goes from ${prices}, as by a ${name} that the prices are not adjusted for. Add a column "split" with ${ratio} in this row${truly}, or use adjusted prices.`;
  return findingAt(rows, i, { kind: "split-jump", severity: "error", message });
}
