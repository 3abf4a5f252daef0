import { sliceBars } from "../../market/bars.ts";
import { at, countAtMost } from "../../market/column.ts";
import type { Panel } from "../../market/panel.ts";
import type { Indicators } from "../../indicators/indicators.ts";
import type { Decisions } from "../decisions.ts";
import { barsThrough } from "./change-future.ts";
import { type IndicatorCall, recordIndicators } from "./record-indicators.ts";
import type { HistoryDependence } from "./report.ts";
import type { Subject } from "./subject.ts";

/** Parts of the rows that are left out at the beginning. */
const STARTS = [0.1, 0.25, 0.5] as const;
const ROUNDING = 1e-9;

/**
 * Recursive analysis, as freqtrade calls it: the data are loaded from later rows on, and the decisions that are
 * then in force compared with those of the run. An indicator that remembers all of its past (EMA, RSI) takes a
 * while to agree; a schedule that counts from the first row never does. It is something to know about live
 * trading, where history is finite, and no fault of the backtest.
 */
export function* historyDependence(
  subject: Subject,
  decide: (panel: Panel, indicators: Indicators) => Decisions,
): Generator<undefined, HistoryDependence> {
  const { panel, window, decisions } = subject;
  if ("onBar" in decisions) {
    return {
      standing: "left out",
      conclusion: "It decides bar by bar from its own account, which starts with the data.",
      starts: [],
      indicators: [],
    };
  }
  const whole = recordIndicators();
  yield;
  decide(panel, whole.indicators);
  const inForce = standing(panel, decisions, panel.rows);
  const starts: HistoryDependence["starts"] = [];
  const ends: (readonly IndicatorCall[])[] = [];
  let failure: Failure | null = null;
  for (const part of STARTS) {
    const dropped = Math.floor(window.toRow * part);
    if (dropped === 0) continue;
    yield;
    const later = startPanel(panel, dropped);
    const { indicators, calls } = recordIndicators();
    const time = new Date(at(panel.time, dropped)).toISOString();
    let decided: Decisions;
    try {
      decided = decide(later, indicators);
    } catch (error) {
      failure ??= { time, message: error instanceof Error ? error.message : String(error) };
      continue;
    }
    const again = standing(later, decided, later.rows);
    starts.push({
      time,
      dropped,
      ...compare(inForce, again, dropped, window.toRow),
    });
    ends.push(calls);
  }
  const indicators = indicatorDifferences(whole.calls, ends);
  return { ...conclude(starts, indicators, failure), starts, indicators };
}

/** A start from which the strategy could not decide. */
interface Failure {
  readonly time: string;
  readonly message: string;
}

/** The panel as it is where the first rows were never loaded. */
function startPanel(panel: Panel, row: number): Panel {
  const first = panel.symbols.map((_, s) => barsThrough(panel, s, row - 1));
  return {
    ...panel,
    rows: panel.rows - row,
    time: panel.time.subarray(row),
    closeTime: panel.closeTime.subarray(row),
    bars: panel.bars.map((bars, s) => sliceBars(bars, first[s] ?? 0, bars.length)),
    barAt: panel.barAt.map((index, s) =>
      index.subarray(row).map((bar) => (bar < 0 ? bar : bar - (first[s] ?? 0))),
    ),
  };
}

/** Per symbol and row the side or weight that was decided last; NaN before the first decision. */
function standing(panel: Panel, decisions: Decisions, rows: number): Float64Array[] {
  return panel.symbols.map((_, s) => {
    const column = new Float64Array(rows).fill(NaN);
    const put = (row: number, value: number): void => {
      if (!Number.isNaN(value)) column[row] = value;
    };
    if ("signals" in decisions) {
      const signal = decisions.signals[s];
      const time = panel.bars[s]?.time;
      for (const [k, bar] of signal?.bars.entries() ?? []) {
        if (time !== undefined) put(countAtMost(panel.time, at(time, bar)) - 1, signal?.sides[k] ?? NaN);
      }
    } else if ("rows" in decisions) {
      for (const [k, row] of decisions.rows.entries()) put(row, decisions.weights[s]?.[k] ?? NaN);
    }
    for (let row = 1; row < rows; row += 1) {
      if (Number.isNaN(column[row] ?? NaN)) column[row] = column[row - 1] ?? NaN;
    }
    return column;
  });
}

function compare(
  whole: readonly Float64Array[],
  later: readonly Float64Array[],
  dropped: number,
  toRow: number,
): { agreeAfter: number | null; differing: number } {
  const rows = toRow - dropped;
  let differing = 0;
  let last = -1;
  for (let row = 0; row < rows; row += 1) {
    const differs = whole.some((column, s) => {
      // Nothing decided yet, and a decision for cash, both hold nothing.
      const was = column[dropped + row] ?? NaN;
      const became = later[s]?.[row] ?? NaN;
      return Math.abs((Number.isNaN(was) ? 0 : was) - (Number.isNaN(became) ? 0 : became)) > ROUNDING;
    });
    if (!differs) continue;
    differing += 1;
    last = row;
  }
  return { agreeAfter: last + 1 < rows ? last + 1 : null, differing: differing / rows };
}

/** The largest relative difference of last values by indicator and start. */
function indicatorDifferences(
  whole: readonly IndicatorCall[],
  ends: readonly (readonly IndicatorCall[])[],
): HistoryDependence["indicators"] {
  const byName = new Map<string, (number | null)[]>();
  for (const [k, call] of whole.entries()) {
    const differences = byName.get(call.name) ?? ends.map(() => 0);
    for (const [e, calls] of ends.entries()) {
      const other = calls[k];
      const before = differences[e] ?? null;
      const difference = other?.name === call.name ? relativeDifference(call.last, other.last) : null;
      differences[e] = before === null || difference === null ? null : Math.max(before, difference);
    }
    byName.set(call.name, differences);
  }
  return Array.from(byName, ([name, difference]) => ({ name, difference }));
}

function relativeDifference(was: readonly number[], became: readonly number[]): number | null {
  let most = 0;
  for (const [k, value] of was.entries()) {
    const other = became[k] ?? NaN;
    if (Number.isNaN(value) && Number.isNaN(other)) continue;
    const difference = value === other ? 0 : Math.abs(other - value) / Math.abs(value);
    if (!Number.isFinite(difference)) return null;
    most = Math.max(most, difference);
  }
  return most;
}

function conclude(
  starts: HistoryDependence["starts"],
  indicators: HistoryDependence["indicators"],
  failure: Failure | null,
): Pick<HistoryDependence, "standing" | "conclusion"> {
  if (failure !== null) {
    return {
      standing: "note",
      conclusion: `With data from ${failure.time.slice(0, 10)} on it cannot decide: ${failure.message}`,
    };
  }
  const drift = Math.max(0, ...indicators.flatMap(({ difference }) => difference.map((one) => one ?? 0)));
  const indicator =
    indicators.length === 0
      ? ""
      : drift === 0
        ? " (indicators equal at the end)"
        : ` (indicators within ${drift.toPrecision(2)} at the end)`;
  const never = starts.find(({ agreeAfter }) => agreeAfter === null);
  if (never !== undefined) {
    return {
      standing: "note",
      conclusion: `Decisions depend on where the data start: from ${never.time.slice(0, 10)} on they still differ at the end${indicator}.`,
    };
  }
  const longest = Math.max(0, ...starts.map(({ agreeAfter }) => agreeAfter ?? 0));
  return {
    standing: "passed",
    conclusion: `Started later, it decides as in the run after at most ${longest} rows${indicator}.`,
  };
}
