import type { Column } from "../market/column.ts";
import { requireEqualLengths } from "./arguments.ts";
import type { Indicator } from "./indicator.ts";
import type { FlowBar, FlowColumns } from "./mfi.ts";
import { typicalPrice } from "./typical-price.ts";

/**
 * Volume-weighted average price since the first bar, in the unit of the prices: typical prices weighed by volume; NaN
 * until there was any volume. Where it begins is where the columns begin.
 *
 * Source: Berkowitz, Logue and Noser, The Total Cost of Transactions on the NYSE, Journal of Finance 43 (1988), from
 * bars instead of trades.
 */
export class Vwap implements Indicator<FlowBar> {
  #money = 0;
  #volume = 0;

  next({ high, low, close, volume }: FlowBar): number {
    const money = typicalPrice(high, low, close) * volume;
    if (Number.isNaN(money)) return NaN;
    this.#money += money;
    this.#volume += volume;
    return this.#volume === 0 ? NaN : this.#money / this.#volume;
  }
}

/** {@link Vwap} as a column. */
export function vwap(bars: FlowColumns): Column {
  const { high, low, close, volume } = bars;
  const out = new Float64Array(requireEqualLengths("VWAP", close, high, low, volume));
  let money = 0;
  let traded = 0;
  for (let i = 0; i < out.length; i += 1) {
    const size = volume[i] ?? NaN;
    const more = typicalPrice(high[i] ?? NaN, low[i] ?? NaN, close[i] ?? NaN) * size;
    if (Number.isNaN(more)) {
      out[i] = NaN;
      continue;
    }
    money += more;
    traded += size;
    out[i] = traded === 0 ? NaN : money / traded;
  }
  return out;
}
