import type { Column } from "../../market/column.ts";
import { mean } from "../../risk/moments.ts";
import { absent, finite, type Statistic } from "../../statistic.ts";
import { NO_DEVIATION } from "./sharpe.ts";

/**
 * Information ratio per year: mean of (return - market's return) / its sample standard deviation x sqrt(periods
 * per year) (Goodwin, Financial Analysts Journal 54, 1998). Absent with fewer than two returns and where the
 * difference does not vary.
 * @param market returns over the same rows
 */
export function informationRatio(returns: Column, market: Column, periodsPerYear: number): Statistic {
  const n = returns.length;
  if (n < 2) return absent("An information ratio needs two returns.");
  const centre = mean(returns) - mean(market);
  let squares = 0;
  for (let t = 0; t < n; t += 1) squares += ((returns[t] ?? NaN) - (market[t] ?? NaN) - centre) ** 2;
  const deviation = Math.sqrt(squares / (n - 1));
  if (deviation <= NO_DEVIATION) return absent("The difference to the market does not vary.");
  return finite((centre / deviation) * Math.sqrt(periodsPerYear), "The returns are not finite.");
}
