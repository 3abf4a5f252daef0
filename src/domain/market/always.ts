import type { Calendar, Session } from "./calendar.ts";
import { DAY_MS, dateOfDay, dayOf } from "./day.ts";

function sessionOfDay(day: number): Session {
  return { date: dateOfDay(day), open: day * DAY_MS, close: (day + 1) * DAY_MS, half: false };
}

/** Trading around the clock, as crypto does: a session is a day from midnight to midnight UTC. */
export const always: Calendar = {
  id: "24/7",
  daysPerYear: 365,
  barsPerDay: (intervalMs) => Math.ceil(DAY_MS / intervalMs),
  session(date) {
    const day = dayOf(date);
    return Number.isNaN(day) ? undefined : sessionOfDay(day);
  },
  sessions(from, to) {
    const found: Session[] = [];
    const last = dayOf(to);
    for (let day = dayOf(from); day <= last; day++) found.push(sessionOfDay(day));
    return found;
  },
  dateOf: (time) => dateOfDay(Math.floor(time / DAY_MS)),
};
