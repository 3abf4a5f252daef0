import { at, type Column } from "../../market/column.ts";
import { absent, type Statistic } from "../../statistic.ts";
import type { RoundTrip } from "../simulation.ts";

const DAY = 86_400_000;

/**
 * Mean calendar days of closed trades from the row of their first fill to that of their last (backtesting.py
 * `Avg. Trade Duration`, rounded up there). Absent without a trade.
 * @param time of the window's rows, which begin at panel row `fromRow`
 */
export function averageTradeDays(
  closed: readonly Pick<RoundTrip, "entryRow" | "exitRow">[],
  time: Column,
  fromRow: number,
): Statistic {
  if (closed.length === 0) return absent("No trade was closed.");
  let sum = 0;
  for (const { entryRow, exitRow } of closed)
    sum += at(time, exitRow - fromRow) - at(time, entryRow - fromRow);
  return sum / closed.length / DAY;
}
