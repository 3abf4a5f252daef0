import { always } from "./always.ts";
import type { Calendar, CalendarId } from "./calendar.ts";
import { xnys } from "./xnys.ts";

const CALENDARS: Readonly<Record<CalendarId, Calendar>> = { XNYS: xnys, "24/7": always };

export function calendarOf(id: CalendarId): Calendar {
  return CALENDARS[id];
}
