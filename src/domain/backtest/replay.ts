import type { Column } from "../market/column.ts";
import { Carry } from "./carry.ts";
import type { MarketColumns } from "./market-columns.ts";
import { RoundTrips } from "./round-trips.ts";
import type { BacktestSettings } from "./settings.ts";
import type { RoundTrip, Simulation } from "./simulation.ts";

/** What is needed to go through a simulation again. */
export type Recorded = Pick<Simulation, "fromRow" | "toRow" | "equity" | "fills" | "grown">;

/** Goes through a simulation's fills again, with the engine's arithmetic, for what was not recorded. */
export function replay(
  market: MarketColumns,
  settings: BacktestSettings,
  { fromRow, toRow, equity, fills, grown }: Recorded,
): { cash: Column; exposure: Column } {
  const columns = market.value;
  const carry = new Carry(settings, market.panel.closeTime);
  const shares = new Float64Array(columns.length);
  const cash = new Float64Array(toRow - fromRow);
  const exposure = new Float64Array(toRow - fromRow);
  let money = settings.capital;
  let shorts = 0;
  let held = 0;
  let fill = 0;
  let growth = 0;
  let ruined = false;
  for (let row = fromRow; row < toRow; row += 1) {
    if (carry.on && row > fromRow && !ruined) money = carry.accrue(row, money, shorts);
    for (; grown[growth]?.row === row; growth += 1) {
      const one = grown[growth];
      if (one === undefined) break;
      shares[one.symbol] = (shares[one.symbol] ?? NaN) * one.growth;
      money += one.dividend;
    }
    for (; fill < fills.length && fills.row[fill] === row; fill += 1) {
      const s = fills.symbol[fill] ?? -1;
      const bought = fills.shares[fill] ?? NaN;
      const before = shares[s] ?? NaN;
      const after = fills.held[fill] ?? NaN;
      held += (after === 0 ? 0 : 1) - (before === 0 ? 0 : 1);
      shares[s] = after;
      money -= bought * (fills.price[fill] ?? NaN) + (fills.commission[fill] ?? NaN);
    }
    const i = row - fromRow;
    cash[i] = money;
    const total = equity[i] ?? NaN;
    if (total <= 0) ruined = true;
    if (held === 0) {
      shorts = 0;
      continue;
    }
    let gross = 0;
    shorts = 0;
    for (let s = 0; s < shares.length; s += 1) {
      const own = shares[s] ?? NaN;
      if (own === 0) continue;
      const worth = own * (columns[s]?.[row] ?? NaN);
      gross += Math.abs(worth);
      if (worth < 0) shorts += worth;
    }
    exposure[i] = gross / total;
  }
  return { cash, exposure };
}

/** The round trips of a simulation's fills. */
export function tradesOf(market: MarketColumns, { toRow, fills, grown }: Recorded): RoundTrip[] {
  const symbols = market.value.length;
  const trips = new RoundTrips(symbols);
  const shares = new Float64Array(symbols);
  let growth = 0;
  for (let fill = 0; fill <= fills.length; fill += 1) {
    const row = fill < fills.length ? (fills.row[fill] ?? NaN) : Infinity;
    for (; (grown[growth]?.row ?? Infinity) <= row; growth += 1) {
      const one = grown[growth];
      if (one === undefined) break;
      shares[one.symbol] = (shares[one.symbol] ?? NaN) * one.growth;
      trips.grow(one.symbol, one.growth, one.dividend);
    }
    if (fill === fills.length) break;
    const s = fills.symbol[fill] ?? -1;
    const held = shares[s] ?? NaN;
    const target = fills.held[fill] ?? NaN;
    trips.fill(row, s, held, target, fills.price[fill] ?? NaN, fills.commission[fill] ?? NaN);
    shares[s] = target;
  }
  const last = Float64Array.from(market.value, (column) => column[toRow - 1] ?? NaN);
  return trips.done(toRow - 1, shares, last);
}
