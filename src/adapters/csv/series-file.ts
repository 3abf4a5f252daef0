import { type AdjustedColumns, adjustPrices } from "../../domain/market/adjustment.ts";
import { calendarOf } from "../../domain/market/calendars.ts";
import { findingAt } from "../../domain/market/checks/finding-at.ts";
import type { CalendarId } from "../../domain/market/calendar.ts";
import type { Column } from "../../domain/market/column.ts";
import type { CorporateAction } from "../../domain/market/corporate-action.ts";
import type { Finding } from "../../domain/market/finding.ts";
import { inferCalendar, readsAsNewYork } from "../../domain/market/infer-calendar.ts";
import { inferInterval } from "../../domain/market/infer-interval.ts";
import type { Interval } from "../../domain/market/interval.ts";
import type { RowAction } from "../../domain/market/row-actions.ts";
import type { Rows } from "../../domain/market/rows.ts";
import { type Placement, placeRows } from "../../domain/market/stamps.ts";
import { type LeanFactors, leanColumns } from "./lean-factors.ts";
import { sortTable } from "./sort-table.ts";
import type { Table } from "./table.ts";
import { EXCHANGED, restoreVolume } from "./exchanged-volume.ts";

/** A symbol's rows, and what was decided in reading them: each finding is about the row at `index`. */
export interface SeriesFile {
  readonly rows: Rows;
  readonly decisions: readonly { readonly index: number; readonly finding: Finding }[];
}

/**
 * Turns a table into rows in time: sorted, put into the sessions of the calendar that its times follow, prices with
 * their adjustment factors. Interval, calendar and adjustment are those of the whole file, so that a reading up to
 * an earlier time is the beginning of one up to a later time.
 * @throws FinAgentError DATA_INVALID where times have no interval or calendar
 */
export function seriesFromTable(
  symbol: string,
  file: string,
  unsorted: Table,
  lean: LeanFactors | null,
  layoutNotes: readonly string[],
): SeriesFile {
  const { table, exchangedAt } = restoreVolume(sortTable(unsorted));
  const { interval, calendar, newYork, placement } = placeTable(symbol, file, table);
  const daily = interval === "1d";
  const adjusted = lean === null ? adjustPrices(table, daily) : leanAdjusted(table, lean);
  const rows: Rows = {
    symbol,
    file,
    interval,
    calendar,
    adjustment: adjusted.adjustment,
    rawKnown: adjusted.rawKnown,
    length: table.length,
    line: table.line,
    ...placement,
    open: table.open,
    high: table.high,
    low: table.low,
    close: table.close,
    volume: adjusted.volume,
    factor: adjusted.factor,
    actions: actionsInTime(adjusted.actions, placement.time),
    faults: table.faults,
    names: lean?.names ?? [],
  };
  const notes = [...layoutNotes];
  if (!daily && table.offset.some(Number.isNaN)) {
    notes.push(`Times have no offset; they were read as ${newYork ? "New York" : "UTC"} time.`);
  }
  const decisions = [
    ...notes.map((message) => ({ index: 0, repaired: false, message })),
    ...exchangedAt.map((index) => ({ index, repaired: true, message: EXCHANGED })),
    ...adjusted.decisions,
  ].map(({ index, repaired, message }) => ({
    index,
    finding: findingAt(rows, index, { kind: "layout", severity: repaired ? "repaired" : "note", message }),
  }));
  return { rows, decisions };
}

interface Placed extends Pick<Table, "wall" | "offset"> {
  readonly interval: Interval;
  readonly calendar: CalendarId;
  /** Whether times of day without an offset are New York's. */
  readonly newYork: boolean;
  readonly placement: Placement;
}

/** The symbols of a folder often have the same times, which then lie in memory once. */
let placed: Placed | undefined;

function placeTable(symbol: string, file: string, { wall, offset }: Table): Placed {
  if (placed !== undefined && equal(placed.wall, wall) && equal(placed.offset, offset)) return placed;
  const interval = inferInterval(wall, symbol, file);
  const stamps = { wall, offset };
  const daily = interval === "1d";
  const calendar = inferCalendar(stamps, daily);
  const newYork = !daily && calendar === "XNYS" && readsAsNewYork(stamps);
  const placement = placeRows(stamps, interval, calendarOf(calendar), newYork);
  placed = { wall, offset, interval, calendar, newYork, placement };
  return placed;
}

function equal(a: Column, b: Column): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    // A missing offset is no number, which equals nothing.
    if (a[i] !== b[i] && !(Number.isNaN(a[i]) && Number.isNaN(b[i]))) return false;
  }
  return true;
}

/** Of several rows of one time the first is kept, and with it its action. */
function actionsInTime(actions: readonly RowAction[], time: Column): CorporateAction[] {
  return actions
    .map(({ index, split, dividend }) => ({ index, time: time[index] ?? NaN, split, dividend }))
    .filter((action) => action.time !== time[action.index - 1])
    .map(({ index: _index, ...action }) => action);
}

function leanAdjusted(table: Table, lean: LeanFactors): AdjustedColumns {
  const { factor, split, actions } = leanColumns(lean.price, table);
  return {
    adjustment: "splits-and-dividends",
    rawKnown: true,
    factor,
    volume: table.volume.map((volume, i) => volume / (split[i] ?? NaN)),
    actions,
    decisions: [{ index: 0, repaired: false, message: "Adjusted by the factor file beside it." }],
  };
}
