import type { Bars } from "../market/bars.ts";
import { at } from "../market/column.ts";
import { sampleDeviation } from "../risk/moments.ts";
import { absent, type Statistic } from "../statistic.ts";
import { shortHistory } from "./short-history.ts";

/** Below this no price moves: what is left is the rounding of equal returns. */
const NO_VOLATILITY = 1e-9;

/**
 * Sample standard deviation of the last `count` log returns from close to close, per bar (not annual).
 * Absent where history is too short or prices do not vary.
 */
export function barVolatility(bars: Bars, count: number): Statistic {
  const tooShort = shortHistory(bars, count + 1);
  if (tooShort !== null) return tooShort;
  const first = bars.length - count;
  const returns = new Float64Array(count);
  let earlier = Math.log(at(bars.close, first - 1));
  for (let i = 0; i < count; i += 1) {
    const log = Math.log(at(bars.close, first + i));
    returns[i] = log - earlier;
    earlier = log;
  }
  const volatility = sampleDeviation(returns);
  if (!Number.isFinite(volatility)) return absent("a price in the window is not positive");
  return volatility < NO_VOLATILITY ? absent(`no volatility over ${count} bars`) : volatility;
}
