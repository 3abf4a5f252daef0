import type { Column } from "../../market/column.ts";
import { mean, sampleDeviation } from "../../risk/moments.ts";
import { absent, finite, type Statistic } from "../../statistic.ts";
import { NO_DEVIATION } from "./sharpe.ts";

/**
 * System quality number: sqrt(number of trades) x mean profit / sample standard deviation of the profits (Van
 * Tharp, Definitive Guide to Position Sizing, 2008, who measures profits in units of the risk taken;
 * backtesting.py `SQN` in money, as here). Absent with fewer than two closed trades and where all profits are equal.
 * @param profits of the closed trades, in money
 */
export function sqn(profits: Column): Statistic {
  if (profits.length < 2) return absent("A system quality number needs two closed trades.");
  const deviation = sampleDeviation(profits);
  const centre = mean(profits);
  if (deviation <= NO_DEVIATION * Math.abs(centre)) return absent("All closed trades made the same.");
  return finite((Math.sqrt(profits.length) * centre) / deviation, "The profits are not finite.");
}
