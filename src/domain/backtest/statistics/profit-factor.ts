import { absent, type Statistic } from "../../statistic.ts";
import type { RoundTrip } from "../simulation.ts";

/**
 * Profits of the closed trades that gained / losses of those that lost, in money after costs. Absent without
 * a closed trade, and where none lost. (backtesting.py's figure of that name is on returns instead.)
 */
export function profitFactor(trades: readonly Pick<RoundTrip, "profit" | "open">[]): Statistic {
  let gained = 0;
  let lost = 0;
  let closed = 0;
  for (const { profit, open } of trades) {
    if (open) continue;
    closed += 1;
    if (profit > 0) gained += profit;
    else lost -= profit;
  }
  if (closed === 0) return absent("No trade was closed.");
  return lost === 0 ? absent("No closed trade lost.") : gained / lost;
}
