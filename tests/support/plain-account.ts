import type { BacktestSettings } from "../../src/domain/backtest/settings.ts";
import type { Simulation } from "../../src/domain/backtest/simulation.ts";
import type { Panel } from "../../src/domain/market/panel.ts";

/** What a book-keeper with a pencil makes of a simulation's fills: nothing of the engine's code is used. */
export interface PlainAccount {
  readonly equity: number[];
  readonly cash: number[];
  /** Fees by the rules of the settings, one per fill. */
  readonly fees: number[];
  readonly interest: number;
}

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/** For adjusted prices. */
export function plainAccount(panel: Panel, settings: BacktestSettings, result: Simulation): PlainAccount {
  const { fills, fromRow, toRow } = result;
  const shares = panel.symbols.map(() => 0);
  const closes = panel.symbols.map((_, s) => lastCloses(panel, s));
  const fees: number[] = [];
  const equity: number[] = [];
  const cashes: number[] = [];
  let cash = settings.capital;
  let traded = 0;
  let fill = 0;
  let interest = 0;
  let ruined = false;
  for (let row = fromRow; row < toRow; row += 1) {
    if (row > fromRow && !ruined) {
      const years = ((panel.closeTime[row] ?? NaN) - (panel.closeTime[row - 1] ?? NaN)) / YEAR_MS;
      const shorts = shares.reduce(
        (sum, held, s) => sum + (held < 0 ? -held * (closes[s]?.[row - 1] ?? NaN) : 0),
        0,
      );
      const earned =
        Math.max(0, cash - shorts) * settings.cashRate * years -
        Math.max(0, -cash) * settings.marginRate * years -
        shorts * settings.borrowRate * years;
      cash += earned;
      interest += earned;
    }
    const tier = settings.commissionTiers.findLast(({ fromNotional }) => fromNotional <= traded);
    const rate = tier?.rate ?? settings.commission;
    for (; fill < fills.length && fills.row[fill] === row; fill += 1) {
      const s = fills.symbol[fill] ?? -1;
      const bought = fills.shares[fill] ?? NaN;
      const paid = fills.price[fill] ?? NaN;
      const delisting = fills.cause[fill] === 7;
      const size = Math.abs(bought);
      const fee = delisting
        ? 0
        : Math.max(settings.commissionMinimum, size * paid * rate + size * settings.commissionPerShare);
      fees.push(fee);
      cash -= bought * paid + fee;
      shares[s] = (shares[s] ?? NaN) + bought;
      if (!delisting) traded += size * paid;
    }
    cashes.push(cash);
    const value = shares.reduce(
      (sum, held, s) => sum + (held === 0 ? 0 : held * (closes[s]?.[row] ?? NaN)),
      cash,
    );
    if (value <= 0) ruined = true;
    equity.push(value);
  }
  return { equity, cash: cashes, fees, interest };
}

/** By row, NaN before the first bar. */
function lastCloses(panel: Panel, s: number): number[] {
  let last = NaN;
  return Array.from(panel.barAt[s] ?? [], (bar) => {
    if (bar >= 0) last = panel.bars[s]?.close[bar] ?? NaN;
    return last;
  });
}
