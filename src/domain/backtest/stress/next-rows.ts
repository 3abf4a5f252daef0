import { calendarOf } from "../../market/calendars.ts";
import { type Column, last } from "../../market/column.ts";
import { dateOfDay, dayOf } from "../../market/day.ts";
import { intervalMs } from "../../market/interval.ts";
import type { Panel } from "../../market/panel.ts";

/** Days walked at once. */
const STRIDE_DAYS = 400;

/**
 * Opens and closes of the bars that follow a panel's last day, by its calendar and interval; the last bar of a session
 * ends with it.
 */
export function nextRows(panel: Panel, count: number): { time: Column; closeTime: Column } {
  const calendar = calendarOf(panel.calendar);
  const step = intervalMs(panel.interval);
  const daily = panel.interval === "1d";
  const time = new Float64Array(count);
  const closeTime = new Float64Array(count);
  let row = 0;
  let day = dayOf(calendar.dateOf(last(panel.time))) + 1;
  while (row < count) {
    for (const session of calendar.sessions(dateOfDay(day), dateOfDay(day + STRIDE_DAYS - 1))) {
      for (let open = session.open; open < session.close && row < count; open += step) {
        time[row] = open;
        closeTime[row] = daily ? session.close : Math.min(open + step, session.close);
        row += 1;
        if (daily) break;
      }
    }
    day += STRIDE_DAYS;
  }
  return { time, closeTime };
}
