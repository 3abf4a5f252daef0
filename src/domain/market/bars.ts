import type { CalendarId } from "./calendar.ts";
import type { Column } from "./column.ts";
import type { CorporateAction } from "./corporate-action.ts";
import type { Interval } from "./interval.ts";

/** What open, high, low and close are adjusted for. */
export type Adjustment = "none" | "splits" | "splits-and-dividends" | "unknown";

/**
 * The bars of one symbol: columns of equal length, oldest first, without holes. A bar is stamped with its
 * open in UTC (`time`) and known from `closeTime` on. Prices are in `currency` and adjusted as
 * `adjustment` says; `factor` turns them into raw prices for orders: raw = adjusted / factor.
 */
export interface Bars {
  readonly symbol: string;
  readonly interval: Interval;
  readonly calendar: CalendarId;
  readonly adjustment: Adjustment;
  /** False where the source offers no raw prices: then `factor` is 1 and orders are sized at adjusted prices. */
  readonly rawKnown: boolean;
  readonly length: number;
  /** Epoch milliseconds. */
  readonly time: Column;
  readonly closeTime: Column;
  readonly open: Column;
  readonly high: Column;
  readonly low: Column;
  readonly close: Column;
  /** Shares (or units of the base currency); 0 where the source has none. */
  readonly volume: Column;
  readonly factor: Column;
  /** Splits and dividends of raw prices, ascending; none where raw prices or the actions are not known. */
  readonly actions: readonly CorporateAction[];
}

export const PRICE_FIELDS = ["open", "high", "low", "close"] as const;

export type PriceField = (typeof PRICE_FIELDS)[number];

const COLUMNS = ["time", "closeTime", "open", "high", "low", "close", "volume", "factor"] as const;

/** Bars `from <= index < to`, sharing memory with the given ones. */
export function sliceBars(bars: Bars, from: number, to: number): Bars {
  if (from === 0 && to === bars.length) return bars;
  const cut = (column: Column): Column => column.subarray(from, to);
  const time = cut(bars.time);
  return {
    symbol: bars.symbol,
    interval: bars.interval,
    calendar: bars.calendar,
    adjustment: bars.adjustment,
    rawKnown: bars.rawKnown,
    length: Math.max(0, to - from),
    time,
    closeTime: cut(bars.closeTime),
    open: cut(bars.open),
    high: cut(bars.high),
    low: cut(bars.low),
    close: cut(bars.close),
    volume: cut(bars.volume),
    factor: cut(bars.factor),
    actions: actionsWithin(bars.actions, time),
  };
}

function actionsWithin(actions: readonly CorporateAction[], time: Column): readonly CorporateAction[] {
  const first = time[0] ?? Infinity;
  const last = time[time.length - 1] ?? -Infinity;
  return actions.filter((action) => action.time >= first && action.time <= last);
}

/** Everything that identifies bars, for a content hash. */
export function* barsContent(bars: Bars): Generator<string | Column> {
  yield `${bars.symbol}|${bars.interval}|${bars.calendar}|${bars.adjustment}|${String(bars.rawKnown)}`;
  for (const name of COLUMNS) yield bars[name];
  if (bars.actions.length === 0) return;
  yield Float64Array.from(bars.actions.flatMap(({ time, split, dividend }) => [time, split, dividend]));
}
