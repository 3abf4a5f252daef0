const DAY_MS = 86_400_000;

let heldDay = NaN;
let heldDate = "";
/** Most bars open and close at few times of day. */
const clocks = new Map<number, string>();
const MOST_CLOCKS = 10_000;

/** An instant in epoch milliseconds as ISO 8601 in UTC, as Date has it, for many instants that lie close together. */
export function isoTime(time: number): string {
  const day = Math.floor(time / DAY_MS);
  if (day !== heldDay) {
    // Not a day that a date exists for: Date says so.
    heldDate = new Date(day * DAY_MS).toISOString().slice(0, -"00:00:00.000Z".length);
    heldDay = day;
  }
  const clock = Math.trunc(time - day * DAY_MS);
  return heldDate + clockOf(clock);
}

function clockOf(ms: number): string {
  const held = clocks.get(ms);
  if (held !== undefined) return held;
  const made = new Date(ms).toISOString().slice(11);
  if (clocks.size < MOST_CLOCKS) clocks.set(ms, made);
  return made;
}
