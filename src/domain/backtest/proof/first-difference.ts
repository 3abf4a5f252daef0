import { countAtMost } from "../../market/column.ts";
import type { Panel } from "../../market/panel.ts";
import type { Decisions } from "../decisions.ts";
import type { Signal } from "../signal.ts";
import type { Targets } from "../targets.ts";

/** Weights that differ by less than this differ by rounding. */
const ROUNDING = 1e-9;

/** The first decision that differs between two sets of them. */
export interface Difference {
  /** Index into the panel's symbols. */
  readonly symbol: number;
  readonly row: number;
  /** In words: `long`, `60.0%`, `no decision`. */
  readonly was: string;
  readonly became: string;
}

/**
 * The first difference between two sets of decisions up to a row; null where there is none.
 * @param panel which both belong to, at least up to that row
 */
export function firstDifference(
  panel: Panel,
  was: Decisions,
  became: Decisions,
  row: number,
): Difference | null {
  if ("signals" in was && "signals" in became) return ofSignals(panel, was.signals, became.signals, row);
  if ("rows" in was && "rows" in became) return ofTargets(was, became, row);
  // What is decided bar by bar shows in its fills.
  return null;
}

function ofSignals(
  panel: Panel,
  was: readonly Signal[],
  became: readonly Signal[],
  lastRow: number,
): Difference | null {
  let first: Difference | null = null;
  for (let s = 0; s < panel.symbols.length; s += 1) {
    const one = was[s];
    const other = became[s];
    const bars = panel.bars[s];
    if (one === undefined || other === undefined || bars === undefined) continue;
    const rowOf = (bar: number | undefined): number => {
      const time = bar === undefined ? undefined : bars.time[bar];
      return time === undefined ? Infinity : countAtMost(panel.time, time) - 1;
    };
    let k = 0;
    while (
      k < one.bars.length &&
      k < other.bars.length &&
      one.bars[k] === other.bars[k] &&
      one.sides[k] === other.sides[k]
    ) {
      k += 1;
    }
    const row = Math.min(rowOf(one.bars[k]), rowOf(other.bars[k]));
    if (row > Math.min(lastRow, (first?.row ?? Infinity) - 1)) continue;
    const at = (signal: Signal): string =>
      rowOf(signal.bars[k]) === row ? sideName(signal.sides[k]) : "no decision";
    first = { symbol: s, row, was: at(one), became: at(other) };
  }
  return first;
}

function sideName(side: number | undefined): string {
  return side === 1 ? "long" : side === -1 ? "short" : "cash";
}

function ofTargets(was: Targets, became: Targets, lastRow: number): Difference | null {
  let i = 0;
  let j = 0;
  for (;;) {
    const row = Math.min(was.rows[i] ?? Infinity, became.rows[j] ?? Infinity);
    if (row > lastRow) return null;
    const inWas = was.rows[i] === row;
    const inBecame = became.rows[j] === row;
    for (let s = 0; s < was.weights.length; s += 1) {
      const one = inWas ? (was.weights[s]?.[i] ?? NaN) : NaN;
      const other = inBecame ? (became.weights[s]?.[j] ?? NaN) : NaN;
      if (Math.abs(one - other) <= ROUNDING || (Number.isNaN(one) && Number.isNaN(other))) continue;
      return { symbol: s, row, was: weightName(one), became: weightName(other) };
    }
    i += inWas ? 1 : 0;
    j += inBecame ? 1 : 0;
  }
}

function weightName(weight: number): string {
  return Number.isNaN(weight) ? "no decision" : `${Number((100 * weight).toPrecision(8))}%`;
}
