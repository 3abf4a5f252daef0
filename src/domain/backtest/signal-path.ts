import type { Bars } from "../market/bars.ts";
import type { Column } from "../market/column.ts";
import type { Panel } from "../market/panel.ts";
import type { RowWindow } from "./row-window.ts";
import type { BacktestSettings } from "./settings.ts";
import type { Signal } from "./signal.ts";
import type { SignalLedger } from "./signal-ledger.ts";
import { CASH_ROUNDING, CASH_SHORT, DUST, targetShares } from "./sizing.ts";

const NEVER = 2 ** 30;
const NOTHING = 2;

/** What a run over one symbol needs to know. */
export interface SignalPath {
  readonly close: Column;
  readonly fillPrice: Column;
  readonly fromRow: number;
  /** Exclusive. */
  readonly toRow: number;
  readonly capital: number;
  /** Rows between a decision and its fill. */
  readonly delay: number;
  readonly closeOut: boolean;
  readonly commission: number;
  /** Half-spread and slippage as a fraction of the price. */
  readonly friction: number;
  readonly spreadShare: number;
  readonly slippageShare: number;
  /** The least close of the rows. */
  readonly lowest: number;
}

/** Whether a signal takes the short way: one symbol with a bar in every row, a rate and basis points as costs. */
export function fitsSignalPath(panel: Panel, settings: BacktestSettings): boolean {
  return (
    panel.symbols.length === 1 &&
    panel.bars[0]?.length === panel.rows &&
    settings.prices === "adjusted" &&
    !settings.wholeShares &&
    settings.commissionPerShare === 0 &&
    settings.commissionMinimum === 0 &&
    settings.commissionTiers.length === 0 &&
    settings.impact === 0 &&
    settings.maxParticipation === null &&
    settings.borrowRate === 0 &&
    settings.cashRate === 0 &&
    settings.marginRate === 0 &&
    settings.maxLeverage === 1 &&
    settings.maintenanceMargin === 0 &&
    settings.stopLoss === null &&
    settings.takeProfit === null &&
    settings.trailingStop === null
  );
}

export function signalPath(
  bars: Bars,
  settings: BacktestSettings,
  { fromRow, toRow }: RowWindow,
): SignalPath {
  const sameClose = settings.fill === "close";
  const bps = settings.halfSpreadBps + settings.slippageBps;
  return {
    close: bars.close,
    fillPrice: sameClose ? bars.close : bars.open,
    fromRow,
    toRow,
    capital: settings.capital,
    delay: (sameClose ? 0 : 1) + settings.latencyBars,
    closeOut: settings.closeOut,
    commission: settings.commission,
    friction: bps * 1e-4,
    spreadShare: bps === 0 ? 0 : settings.halfSpreadBps / bps,
    slippageShare: bps === 0 ? 0 : settings.slippageBps / bps,
    lowest: lowestOf(bars.close, fromRow, toRow),
  };
}

function lowestOf(close: Column, from: number, to: number): number {
  let lowest = Infinity;
  for (let row = from; row < to; row += 1) {
    const price = close[row] ?? NaN;
    if (price < lowest) lowest = price;
  }
  return lowest;
}

/**
 * The short way through the engine: one symbol, plain costs, nothing that can happen between two decisions but
 * ruin. It goes from fill to fill instead of from bar to bar, with the engine's own arithmetic (see engine.ts for
 * what is decided, filled and sized how, and account.ts for the order of operations), and writes every fill into
 * the ledger.
 *
 * Everything stands in one function with local names: in pieces it takes several times as long.
 */
export function walkSignal(path: SignalPath, { bars, sides }: Signal, ledger: SignalLedger): void {
  const { close, fillPrice, fromRow, toRow, delay, closeOut, friction, lowest } = path;
  const { spreadShare, slippageShare } = path;
  const rate = path.commission;
  const costFactor = (1 + friction) * (1 + rate);
  const lastRow = toRow - 1;
  const entries = bars.length;
  ledger.reset(entries + 2);
  const { row: rows, bought: boughts, price: prices, commission: commissions } = ledger;
  const { cash: cashes, shares: sharesHeld, turnover: turnovers } = ledger;
  let cash = path.capital;
  let shares = 0;
  let fills = 0;
  let totalCommission = 0;
  let spread = 0;
  let slippage = 0;
  const first = Math.max(0, countUpTo(bars, fromRow) - 1);
  let entry = first;
  // A decision that found no equity to size it by is tried again in the next row.
  let waiting = NOTHING;
  let valued = fromRow;
  let ruinedRow = -1;
  let ended = false;
  while (!ended) {
    let row = entry < entries ? Math.max(bars[entry] ?? 0, fromRow) + delay : NEVER;
    let side = sides[entry] ?? 0;
    if (waiting !== NOTHING && valued + 1 < row) {
      row = valued + 1;
      side = waiting;
    } else entry += 1;
    if (closeOut && row >= lastRow) {
      row = lastRow;
      side = 0;
      ended = true;
    } else if (row > lastRow) {
      row = toRow;
      side = NOTHING;
      ended = true;
    }

    // What is worth something at the lowest close is worth something at every close.
    if (shares < 0 || cash + shares * lowest <= 0) {
      ruinedRow = firstRuin(close, cash, shares, valued, row);
      if (ruinedRow >= 0) break;
    }
    valued = row;
    // At the end a decision may be left waiting.
    if (side === NOTHING) continue;
    waiting = NOTHING;
    if (side === 0 && shares === 0) continue;

    const price = fillPrice[row] ?? NaN;
    const equity = shares === 0 ? cash : cash + shares * price;
    if (equity <= 0) {
      waiting = side;
      continue;
    }
    let target = targetShares(side, shares, equity, price, costFactor, false);
    if (target > shares) {
      const cover = (Math.min(target, 0) - Math.min(shares, 0)) * price * costFactor;
      const open = (Math.max(target, 0) - Math.max(shares, 0)) * price * costFactor;
      const reach = Math.max(0, cash - cover);
      const reached = open > reach * CASH_ROUNDING ? reach / open : 1;
      if (reached < CASH_SHORT) ledger.cashShortRows += 1;
      const scale = reached < DUST ? 0 : reached;
      const base = Math.max(shares, Math.min(target, 0));
      target = base + (target - base) * scale;
    }
    if (target === shares) continue;
    const bought = target - shares;
    const paid = price * (bought > 0 ? 1 + friction : 1 - friction);
    const notional = Math.abs(bought) * paid;
    const fee = notional * rate;
    cash -= bought * paid + fee;
    shares = target;
    totalCommission += fee;
    const lost = bought * (paid - price);
    spread += lost * spreadShare;
    slippage += lost * slippageShare;
    rows[fills] = row;
    boughts[fills] = bought;
    prices[fills] = paid;
    commissions[fills] = fee;
    cashes[fills] = cash;
    sharesHeld[fills] = shares;
    turnovers[fills] = notional / equity;
    fills += 1;
  }
  if (ruinedRow < 0) ruinedRow = firstRuin(close, cash, shares, valued, toRow);
  if (ruinedRow >= 0 && shares !== 0) {
    const price = close[ruinedRow] ?? NaN;
    const bought = 0 - shares;
    const paid = price * (bought > 0 ? 1 + friction : 1 - friction);
    const fee = Math.abs(bought) * paid * rate;
    cash -= bought * paid + fee;
    totalCommission += fee;
    const lost = bought * (paid - price);
    spread += lost * spreadShare;
    slippage += lost * slippageShare;
    rows[fills] = ruinedRow;
    boughts[fills] = bought;
    prices[fills] = paid;
    commissions[fills] = fee;
    cashes[fills] = cash;
    sharesHeld[fills] = 0;
    turnovers[fills] = 0;
    fills += 1;
  }
  ledger.length = fills;
  ledger.totalCommission = totalCommission;
  ledger.spread = spread;
  ledger.slippage = slippage;
  ledger.ruinedRow = ruinedRow;

  const heard = ruinedRow < 0 ? lastRow : ruinedRow - delay;
  const made = heard < fromRow ? 0 : Math.max(0, countUpTo(bars, heard) - first);
  ledger.decisions = made;
  const late = made > 0 && Math.max(bars[first + made - 1] ?? -1, fromRow) + delay > lastRow;
  ledger.unfilled = ruinedRow < 0 && (waiting !== NOTHING || late) ? 1 : 0;
}

/** The first of rows from <= row < to at whose close the equity is gone, or -1. */
function firstRuin(close: Column, cash: number, shares: number, from: number, to: number): number {
  for (let row = from; row < to; row += 1) if (cash + shares * (close[row] ?? NaN) <= 0) return row;
  return -1;
}

/** How many leading entries of an ascending column are at most `limit`. */
function countUpTo(ascending: Int32Array, limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? NEVER) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
