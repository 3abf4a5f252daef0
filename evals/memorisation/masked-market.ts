import type { Bars } from "../../src/domain/market/bars.ts";
import { calendarOf } from "../../src/domain/market/calendars.ts";
import { at, type Column } from "../../src/domain/market/column.ts";
import { FinAgentError } from "../../src/domain/errors.ts";
import type { MarketData } from "../../src/domain/ports.ts";
import { type Mask, shiftDay } from "./mask.ts";

/** Every series begins here. */
const BASE = 100;

/** Shares traded on the first day. */
const BASE_VOLUME = 1e6;

/** From midnight: a winter day in New York, for days before the first that its calendar knows. */
const BEFORE_THE_CALENDAR = { open: 14.5 * 3_600_000, close: 21 * 3_600_000 };

/**
 * A market in disguise: symbols have other names, prices begin at 100 and volumes at a million, and dates lie whole weeks
 * earlier. Returns, and all that is computed from them, stay as they are. A bar is stamped with the session of its new day; where
 * that is a holiday of the other year, with the hours of the session before it, so that no bar is lost. The company's name and
 * the source's findings are left out: they would give away what is hidden.
 */
export function maskedMarket(market: MarketData, { names, weeks }: Mask): MarketData {
  const real = new Map([...names].map(([symbol, name]) => [name, symbol]));
  const whole = new Map<string, Promise<Bars>>();
  const barsOf = (name: string): Promise<Bars> => {
    const symbol = real.get(name);
    if (symbol === undefined) {
      const near = [...real.keys()];
      throw new FinAgentError("UNKNOWN_SYMBOL", `${name} is not in the market.`, {
        hint: `It offers ${near.join(", ")}.`,
        details: { symbol: name, near },
      });
    }
    const held =
      whole.get(name) ?? market.series(symbol, Infinity).then(({ bars }) => disguise(bars, name, weeks));
    whole.set(name, held);
    return held;
  };
  return {
    source: "prices",
    simulated: market.simulated,
    benchmark: market.benchmark === null ? null : (names.get(market.benchmark) ?? null),
    list: () =>
      Promise.resolve([...real.keys()].sort().map((symbol) => ({ symbol, name: null, kind: "unknown" }))),
    latest: async (asked) =>
      Math.max(...(await Promise.all(asked.map(barsOf))).map((bars) => at(bars.closeTime, bars.length - 1))),
    series: async (name, until) => ({ bars: cut(await barsOf(name), until), findings: [] }),
  };
}

function disguise(bars: Bars, name: string, weeks: number): Bars {
  const { calendar } = bars;
  const exchange = calendarOf(calendar);
  const time = new Float64Array(bars.length);
  const closeTime = new Float64Array(bars.length);
  let hours = BEFORE_THE_CALENDAR;
  for (let i = 0; i < bars.length; i += 1) {
    const day = shiftDay(exchange.dateOf(at(bars.time, i)), weeks);
    const midnight = Date.parse(day);
    const session = exchange.session(day);
    if (session !== undefined) hours = { open: session.open - midnight, close: session.close - midnight };
    time[i] = midnight + hours.open;
    closeTime[i] = midnight + hours.close;
  }
  const price = BASE / at(bars.close, 0);
  const volume = at(bars.volume, 0) > 0 ? BASE_VOLUME / at(bars.volume, 0) : 1;
  const scaled = (column: Column, by: number): Column => column.map((value) => value * by);
  return {
    ...bars,
    symbol: name,
    time,
    closeTime,
    open: scaled(bars.open, price),
    high: scaled(bars.high, price),
    low: scaled(bars.low, price),
    close: scaled(bars.close, price),
    volume: scaled(bars.volume, volume),
    actions: bars.actions.map((action) => {
      const index = bars.time.indexOf(action.time);
      return { ...action, time: at(time, index), dividend: action.dividend * price };
    }),
  };
}

function cut(bars: Bars, until: number): Bars {
  let known = 0;
  while (known < bars.length && at(bars.closeTime, known) <= until) known += 1;
  const part = (column: Column): Column => column.subarray(0, known);
  const last = known === 0 ? -Infinity : at(bars.time, known - 1);
  return {
    ...bars,
    length: known,
    time: part(bars.time),
    closeTime: part(bars.closeTime),
    open: part(bars.open),
    high: part(bars.high),
    low: part(bars.low),
    close: part(bars.close),
    volume: part(bars.volume),
    factor: part(bars.factor),
    actions: bars.actions.filter(({ time }) => time <= last),
  };
}
