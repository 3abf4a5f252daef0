import { badFlag } from "./bad-flag.ts";

/** Reader of a calendar day as YYYY-MM-DD. */
export function readDay(flag: string): (text: string) => string {
  return (text) => {
    const day = text.trim();
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) {
      throw badFlag(flag, `"${text}" is not a date.`, "Write it as YYYY-MM-DD, e.g. 2024-03-28.");
    }
    const date = new Date(`${day}T00:00:00Z`);
    if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day) {
      throw badFlag(flag, `there is no ${day} in the calendar.`, "Write a day that exists, as YYYY-MM-DD.");
    }
    return day;
  };
}
