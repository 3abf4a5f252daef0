import { absent, finite, type Statistic } from "../../statistic.ts";
import { CAUSE, type Fills } from "../fills.ts";
import type { MarketColumns } from "../market-columns.ts";

/**
 * Capacity: the largest starting capital, in money, at which no fill exceeds a share of the volume of its bar,
 * every fill growing in proportion to the capital. The tightest fill decides; impact on prices is another matter.
 * A delisting that pays a position out takes no volume. Absent without a fill, and where a fill lies on a bar
 * without volume.
 * @param market the columns that were traded on
 * @param capital that the fills were made with
 * @param participation share of a bar's volume, above 0
 */
export function capacity(
  fills: Pick<Fills, "length" | "row" | "symbol" | "shares" | "cause">,
  market: Pick<MarketColumns, "panel" | "splitsAfter">,
  capital: number,
  participation: number,
): Statistic {
  if (fills.length === 0) return absent("Nothing was traded.");
  const { bars, barAt } = market.panel;
  let room = Infinity;
  let dry = 0;
  for (let i = 0; i < fills.length; i += 1) {
    if (fills.cause[i] === CAUSE.delisting) continue;
    const symbol = fills.symbol[i] ?? -1;
    const bar = barAt[symbol]?.[fills.row[i] ?? -1] ?? -1;
    const volume = (bars[symbol]?.volume[bar] ?? 0) / market.splitsAfter(symbol, bar);
    if (volume <= 0) dry += 1;
    room = Math.min(room, volume / Math.abs(fills.shares[i] ?? NaN));
  }
  if (dry > 0) return absent(`${dry} of ${fills.length} fills lie on bars without volume.`);
  return finite(capital * participation * room, "The fills are too small.");
}
