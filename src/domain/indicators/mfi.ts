import type { Column } from "../market/column.ts";
import { requireEqualLengths, requirePeriod } from "./arguments.ts";
import type { Indicator } from "./indicator.ts";
import { MovingSum, movingSums } from "./moving-sum.ts";
import type { RangeBar, RangeColumns } from "./true-range.ts";
import { typicalPrice } from "./typical-price.ts";

export interface FlowBar extends RangeBar {
  readonly volume: number;
}

/** Columns of a {@link FlowBar}; `Bars` has them. */
export interface FlowColumns extends RangeColumns {
  readonly volume: Column;
}

/**
 * Money flow index, 0 to 100: of the money (typical price x volume) that moved in the last `period` bars, the
 * part that moved in bars whose typical price rose; bars without a change count for neither, 50 where all are so.
 *
 * Source: Quong and Soudack, Volume-Weighted RSI: Money Flow, Technical Analysis of Stocks & Commodities 7
 * (1989). First value at index period. TA-Lib agrees but for bars without any flow, where it gives 0.
 */
export class Mfi implements Indicator<FlowBar> {
  readonly #rising: MovingSum;
  readonly #falling: MovingSum;
  #previous = NaN;

  /** @throws FinAgentError BAD_ARGUMENT where the period is not a positive integer */
  constructor(period: number) {
    this.#rising = new MovingSum(requirePeriod("MFI", period));
    this.#falling = new MovingSum(period);
  }

  next({ high, low, close, volume }: FlowBar): number {
    const price = typicalPrice(high, low, close);
    const flow = price * volume;
    if (Number.isNaN(flow)) return NaN;
    const before = this.#previous;
    this.#previous = price;
    if (Number.isNaN(before)) return NaN;
    const rising = this.#rising.next(price > before ? flow : 0);
    const falling = this.#falling.next(price < before ? flow : 0);
    return share(rising, falling);
  }
}

/** {@link Mfi} as a column. */
export function mfi(bars: FlowColumns, period: number): Column {
  const { high, low, close, volume } = bars;
  requirePeriod("MFI", period);
  const out = new Float64Array(requireEqualLengths("MFI", close, high, low, volume));
  const rising = new Float64Array(out.length);
  const falling = new Float64Array(out.length);
  let before = NaN;
  for (let i = 0; i < out.length; i += 1) {
    const price = typicalPrice(high[i] ?? NaN, low[i] ?? NaN, close[i] ?? NaN);
    const flow = price * (volume[i] ?? NaN);
    const none = Number.isNaN(flow) || Number.isNaN(before);
    rising[i] = none ? NaN : price > before ? flow : 0;
    falling[i] = none ? NaN : price < before ? flow : 0;
    if (!Number.isNaN(flow)) before = price;
  }
  const up = movingSums(rising, period, 1);
  const down = movingSums(falling, period, 1);
  for (let i = 0; i < out.length; i += 1) out[i] = share(up[i] ?? NaN, down[i] ?? NaN);
  return out;
}

function share(rising: number, falling: number): number {
  const all = rising + falling;
  return all === 0 ? 50 : (100 * rising) / all;
}
