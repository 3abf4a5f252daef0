import type { Bars } from "../../domain/market/bars.ts";
import { at, type Column } from "../../domain/market/column.ts";
import type { Random } from "../../domain/random.ts";
import type { FactorPath } from "./factor-path.ts";

/** Open and close of every session, in epoch milliseconds. */
export interface SessionTimes {
  readonly time: Column;
  readonly closeTime: Column;
}

/** What moves one symbol: factors with its sensitivity to each, the last of them being its own part. */
export interface Exposure {
  readonly path: FactorPath;
  readonly beta: number;
}

export interface Listing {
  readonly symbol: string;
  /** Close before the first session. */
  readonly price: number;
  /** Volume of an ordinary session. */
  readonly volume: number;
  readonly exposures: readonly Exposure[];
  /** Further overnight return of a session, e.g. on earnings. */
  readonly jumps: Column;
}

/** No session loses more than this on either side of its open, so that prices stay positive. */
const WORST = -0.5;

/**
 * Daily bars from return paths. The path between open and close is taken as a Brownian bridge: its
 * maximum and minimum have the known distribution (P. Glasserman, Monte Carlo Methods in Financial
 * Engineering, 2003, section 6.4), here drawn independently of each other. Volume rises with the size of the
 * return and has a slow level of its own. Prices are rounded to cents, returns are not.
 */
export function sessionBars(random: Random, times: SessionTimes, listing: Listing): Bars {
  const length = times.time.length;
  const column = (): Column => new Float64Array(length);
  const [open, high, low, close, volume] = [column(), column(), column(), column(), column()];
  let price = listing.price;
  let activity = 1;
  for (let i = 0; i < length; i += 1) {
    let overnight = at(listing.jumps, i);
    let day = 0;
    let variance = 0;
    for (const { path, beta } of listing.exposures) {
      overnight += beta * at(path.overnight, i);
      day += beta * at(path.day, i);
      variance += beta * beta * at(path.variance, i);
    }
    overnight = Math.max(WORST, overnight);
    day = Math.max(WORST, day);

    const first = price * (1 + overnight);
    price = first * (1 + day);
    const up = (day + Math.sqrt(day * day + 2 * variance * random.exponential())) / 2;
    const down = (day - Math.sqrt(day * day + 2 * variance * random.exponential())) / 2;
    open[i] = cents(first);
    close[i] = cents(price);
    high[i] = cents(first * (1 + up));
    low[i] = cents(first * (1 + down));

    activity = Math.max(0.3, 1 + 0.9 * (activity - 1) + 0.08 * random.normal());
    const move = Math.min(8, Math.abs(overnight + day) / Math.sqrt(variance));
    volume[i] = Math.round(listing.volume * activity * (0.6 + 0.4 * move));
  }
  return {
    symbol: listing.symbol,
    interval: "1d",
    calendar: "XNYS",
    adjustment: "splits-and-dividends",
    rawKnown: true,
    length,
    ...times,
    open,
    high,
    low,
    close,
    volume,
    factor: new Float64Array(length).fill(1),
    actions: [],
  };
}

function cents(price: number): number {
  return Math.max(1, Math.round(price * 100)) / 100;
}
