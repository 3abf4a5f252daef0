import type { Panel } from "../../market/panel.ts";
import type { Decisions } from "../decisions.ts";
import type { RowWindow } from "../engine.ts";
import type { BacktestSettings } from "../settings.ts";
import type { Simulation } from "../simulation.ts";

/** A backtest as its tests see it. */
export interface Subject {
  readonly panel: Panel;
  readonly window: RowWindow;
  readonly settings: BacktestSettings;
  readonly decisions: Decisions;
  readonly simulation: Simulation;
  readonly periodsPerYear: number;
  readonly seed: number;
}

/** Bars times symbols: what one simulation works through. */
export function cellsOf({ panel, window }: Subject): number {
  return (window.toRow - window.fromRow) * panel.symbols.length;
}

/** Decides anew on another panel of the same symbols. */
export type Decide = (panel: Panel) => Decisions;
