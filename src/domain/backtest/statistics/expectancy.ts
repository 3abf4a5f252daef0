import type { Column } from "../../market/column.ts";
import { mean } from "../../risk/moments.ts";
import { absent, type Statistic } from "../../statistic.ts";

/**
 * Expectancy: mean return of the closed trades, which is win rate x mean gain + loss rate x mean loss, as a
 * fraction of the money put in (backtesting.py `Expectancy`). Absent without a closed trade.
 * @param returns of the closed trades
 */
export function expectancy(returns: Column): Statistic {
  return returns.length === 0 ? absent("No trade was closed.") : mean(returns);
}
