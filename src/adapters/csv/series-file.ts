import { type AdjustedColumns, adjustPrices } from "../../domain/market/adjustment.ts";
import { calendarOf } from "../../domain/market/calendars.ts";
import { findingAt } from "../../domain/market/checks/finding-at.ts";
import type { Finding } from "../../domain/market/finding.ts";
import { inferCalendar, readsAsNewYork } from "../../domain/market/infer-calendar.ts";
import { inferInterval } from "../../domain/market/infer-interval.ts";
import type { Rows } from "../../domain/market/rows.ts";
import { placeRows } from "../../domain/market/stamps.ts";
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
  const interval = inferInterval(table.wall, symbol, file);
  const daily = interval === "1d";
  const calendar = inferCalendar(table, daily);
  const newYork = calendar === "XNYS" && readsAsNewYork(table);
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
    ...placeRows(table, interval, calendarOf(calendar), newYork),
    open: table.open,
    high: table.high,
    low: table.low,
    close: table.close,
    volume: adjusted.volume,
    factor: adjusted.factor,
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

function leanAdjusted(table: Table, lean: LeanFactors): AdjustedColumns {
  const { factor, split } = leanColumns(lean.price, table.wall);
  return {
    adjustment: "splits-and-dividends",
    rawKnown: true,
    factor,
    volume: table.volume.map((volume, i) => volume / (split[i] ?? NaN)),
    decisions: [{ index: 0, repaired: false, message: "Adjusted by the factor file beside it." }],
  };
}
