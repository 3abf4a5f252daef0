/** When an exchange trades. Implementations: `xnys.ts` (New York, from rules) and `always.ts` (crypto). */
export const CALENDAR_IDS = ["XNYS", "24/7"] as const;

export type CalendarId = (typeof CALENDAR_IDS)[number];

export interface Session {
  /** The local trading date, `YYYY-MM-DD`. */
  readonly date: string;
  /** Open and close in epoch milliseconds UTC. */
  readonly open: number;
  readonly close: number;
  /** A half day closes early. */
  readonly half: boolean;
}

export interface Calendar {
  readonly id: CalendarId;
  /** Trading days in a year, for annualisation: 252 or 365. */
  readonly daysPerYear: number;
  /** Bars of a regular session for an intraday interval: 7 for XNYS at 1h, 24 around the clock. */
  barsPerDay(intervalMs: number): number;
  /** The session of a local date, or undefined where the exchange is closed that day. */
  session(date: string): Session | undefined;
  /** Sessions with `from <= date <= to`, oldest first. */
  sessions(from: string, to: string): Session[];
  /** The local trading date that an instant falls on (whether or not the exchange is open). */
  dateOf(time: number): string;
}
