import { barTime } from "../domain/format.ts";
import type { Sheet } from "./sheet.ts";
import { thinRows, type Table } from "./table.ts";

/** As many rows as are read rather than searched. */
const MOST_ROWS = 24;

export interface TimeColumn {
  readonly name: string;
  readonly values: readonly (number | null)[];
  readonly format: (value: number) => string;
}

/** The figures behind a chart over time, thinned to a length that can be printed. */
export function timeTable(
  { course, interval }: Sheet,
  caption: string,
  columns: readonly TimeColumn[],
): Table {
  const { rows, note } = thinRows(
    course.time.map((time, i) => ({ time, i })),
    MOST_ROWS,
  );
  return {
    caption,
    columns: [{ name: "Time" }, ...columns.map(({ name }) => ({ name, numeric: true }))],
    rows: rows.map(({ time, i }) => [
      barTime(time, interval),
      ...columns.map(({ values, format }) => {
        const value = values[i] ?? null;
        return value === null ? "n/a" : format(value);
      }),
    ]),
    ...(note === undefined ? {} : { note }),
  };
}

/** Where points stand for several bars: which value of them is shown. */
export function pointNote({ course }: Sheet, kept: string): string {
  return course.barsPerPoint === 1 ? "" : ` Each point stands for ${course.barsPerPoint} bars: ${kept}.`;
}
