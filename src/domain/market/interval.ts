import { z } from "zod";

export const INTERVALS = ["1m", "5m", "15m", "30m", "1h", "1d"] as const;

export const intervalSchema = z.enum(INTERVALS).describe("Bar interval");

export type Interval = z.output<typeof intervalSchema>;

const MINUTES: Record<Interval, number> = { "1m": 1, "5m": 5, "15m": 15, "30m": 30, "1h": 60, "1d": 1440 };

/** Length of the interval in milliseconds (a daily bar: 24 hours, although the exchange is open for less). */
export function intervalMs(interval: Interval): number {
  return MINUTES[interval] * 60_000;
}
