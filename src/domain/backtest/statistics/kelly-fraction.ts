import type { Column } from "../../market/column.ts";
import { absent, finite, type Statistic } from "../../statistic.ts";

/**
 * Kelly fraction: win rate - (1 - win rate) / (mean gain / mean loss), the part of the capital that grows fastest
 * in the long run if every trade risked one unit (Kelly, Bell System Technical Journal 35, 1956; backtesting.py
 * `Kelly Criterion`). Negative: do not play. A trade without profit counts as not won. Absent without a closed
 * trade, and where none won or none lost.
 * @param profits of the closed trades, in money
 */
export function kellyFraction(profits: Column): Statistic {
  if (profits.length === 0) return absent("No trade was closed.");
  let wins = 0;
  let losses = 0;
  let gained = 0;
  let lost = 0;
  for (let i = 0; i < profits.length; i += 1) {
    const profit = profits[i] ?? NaN;
    if (profit > 0) {
      wins += 1;
      gained += profit;
    } else if (profit < 0) {
      losses += 1;
      lost -= profit;
    }
  }
  if (wins === 0) return absent("No closed trade won.");
  if (losses === 0) return absent("No closed trade lost.");
  const rate = wins / profits.length;
  return finite(rate - (1 - rate) / (gained / wins / (lost / losses)), "The profits are not finite.");
}
