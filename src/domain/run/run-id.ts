import { isoTime } from "../iso-time.ts";

/**
 * The id of a run that begins at an instant: `20261121-074548123-9f3a2c1d0b4e`, in UTC. Ids sort as the runs began.
 * @param now epoch milliseconds
 * @param random hex digits that make it unique among the runs of that millisecond
 */
export function runIdAt(now: number, random: string): string {
  const [day = "", time = ""] = isoTime(now).split("T");
  return `${day.replaceAll("-", "")}-${time.replaceAll(/\D/g, "")}-${random}`;
}

/** The instant in an id, as ISO 8601; null where it is no such id. */
export function timeOfRunId(id: string): string | null {
  const parts = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)(\d{3})-/.exec(id);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second, ms] = parts;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`;
}
