import { FinAgentError } from "../errors.ts";
import type { Column } from "../market/column.ts";
import type { Panel } from "../market/panel.ts";
import { CAUSE, type Fills } from "./fills.ts";
import { marketColumns } from "./market-columns.ts";
import { checkWindow, type RowWindow } from "./row-window.ts";
import type { BacktestSettings } from "./settings.ts";
import type { Signal } from "./signal.ts";
import { SignalLedger } from "./signal-ledger.ts";
import { type SignalPath, signalPath, walkSignal } from "./signal-path.ts";
import type { Simulation } from "./simulation.ts";
import { simulationOf } from "./simulation-of.ts";

/**
 * Executes the signal of the only symbol of a panel with settings that the short way can take (see
 * fitsSignalPath). The result equals the engine's to the last bit.
 */
export function simulateSignal(
  panel: Panel,
  signal: Signal,
  settings: BacktestSettings,
  window: RowWindow,
): Simulation {
  checkWindow(panel, window);
  const [bars] = panel.bars;
  if (bars === undefined) throw new FinAgentError("BAD_ARGUMENT", "The panel has no symbol.");
  const path = signalPath(bars, settings, window);
  const ledger = new SignalLedger(signal.bars.length + 2);
  walkSignal(path, signal, ledger);
  const { fromRow, toRow } = window;
  return simulationOf(
    marketColumns(panel, "adjusted"),
    settings,
    { column: () => turnoverOf(path, ledger) },
    {
      fromRow,
      toRow,
      equity: equityOf(path, ledger),
      fills: fillsOf(path, ledger),
      grown: [],
      commission: ledger.totalCommission,
      spread: ledger.spread,
      slippage: ledger.slippage,
      impact: 0,
      borrowCost: 0,
      marginInterest: 0,
      cashInterest: 0,
      dividends: 0,
      decisions: ledger.decisions,
      unfilled: ledger.unfilled,
      working: 0,
      cashShortRows: ledger.cashShortRows,
      volumeCuts: 0,
      unmeasuredImpacts: 0,
      liquidations: 0,
      delisted: [],
      ruinedRow: ledger.ruinedRow < 0 ? null : ledger.ruinedRow,
    },
  );
}

function equityOf({ close, fromRow, toRow, capital }: SignalPath, ledger: SignalLedger): Column {
  const equity = new Float64Array(toRow - fromRow);
  let cash = capital;
  let shares = 0;
  let row = fromRow;
  for (let i = 0; i <= ledger.length; i += 1) {
    const until = i < ledger.length ? (ledger.row[i] ?? toRow) : toRow;
    if (shares === 0) {
      for (; row < until; row += 1) equity[row - fromRow] = cash;
    } else {
      for (; row < until; row += 1) equity[row - fromRow] = cash + shares * (close[row] ?? NaN);
    }
    cash = ledger.cash[i] ?? NaN;
    shares = ledger.shares[i] ?? NaN;
  }
  return equity;
}

function fillsOf({ toRow, closeOut }: SignalPath, ledger: SignalLedger): Fills {
  const { length } = ledger;
  const cause = new Uint8Array(length).fill(CAUSE.decision);
  const ruin = ledger.ruinedRow >= 0 && ledger.turnover[length - 1] === 0;
  if (ruin) cause[length - 1] = CAUSE.liquidation;
  const last = length - (ruin ? 2 : 1);
  if (closeOut && ledger.row[last] === toRow - 1) cause[last] = CAUSE.closeOut;
  return {
    length,
    row: ledger.row.subarray(0, length),
    symbol: new Int32Array(length),
    shares: ledger.bought.subarray(0, length),
    held: ledger.shares.subarray(0, length),
    price: ledger.price.subarray(0, length),
    commission: ledger.commission.subarray(0, length),
    cause,
  };
}

function turnoverOf({ fromRow, toRow }: SignalPath, ledger: SignalLedger): Column {
  const column = new Float64Array(toRow - fromRow);
  for (let i = 0; i < ledger.length; i += 1) {
    const at = (ledger.row[i] ?? NaN) - fromRow;
    column[at] = (column[at] ?? NaN) + (ledger.turnover[i] ?? NaN);
  }
  return column;
}
