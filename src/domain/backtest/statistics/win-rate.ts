import { absent, type Statistic } from "../../statistic.ts";
import type { RoundTrip } from "../simulation.ts";

/** The part of closed trades with a profit after costs, 0 to 1. Absent without a closed trade. */
export function winRate(trades: readonly Pick<RoundTrip, "profit" | "open">[]): Statistic {
  const closed = trades.filter((trade) => !trade.open);
  if (closed.length === 0) return absent("No trade was closed.");
  return closed.filter((trade) => trade.profit > 0).length / closed.length;
}
