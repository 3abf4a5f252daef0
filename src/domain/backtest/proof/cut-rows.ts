import { at, countAtMost } from "../../market/column.ts";
import { randomFrom } from "../../random.ts";
import type { Subject } from "./subject.ts";

/** Rows after which the future is changed: ascending, each with a later one in the window. */
export function cutRows(subject: Subject, cuts: number): number[] {
  const { seed } = subject;
  const { fromRow, toRow } = subject.window;
  const span = toRow - 1 - fromRow;
  const random = randomFrom(seed).fork("look-ahead-cuts");
  const rows = new Set<number>();
  // Random places within equal stretches: evenly spaced ones could miss what a calendar repeats.
  const spread = Math.min(span, Math.ceil(cuts / 2));
  for (let k = 0; k < spread; k += 1) {
    rows.add(fromRow + Math.floor((span * (k + random.uniform())) / spread));
  }
  const decided = decisionRows(subject).filter((row) => row >= fromRow && row < toRow - 1);
  const chosen = Math.min(decided.length, cuts - spread);
  for (let k = 0; k < chosen; k += 1) {
    rows.add(decided[Math.floor((decided.length * (k + random.uniform())) / chosen)] ?? fromRow);
  }
  return Array.from(rows).sort((a, b) => a - b);
}

/** Ascending. */
export function decisionRows({ panel, decisions, simulation }: Subject): number[] {
  if ("rows" in decisions) return Array.from(decisions.rows);
  if ("onBar" in decisions)
    return Array.from(new Set(simulation.fills.row)).map((row) => Math.max(0, row - 1));
  const rows = new Set<number>();
  for (const [s, signal] of decisions.signals.entries()) {
    const time = panel.bars[s]?.time;
    for (const bar of signal.bars) {
      if (time !== undefined) rows.add(countAtMost(panel.time, at(time, bar)) - 1);
    }
  }
  return Array.from(rows).sort((a, b) => a - b);
}
