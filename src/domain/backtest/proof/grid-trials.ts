import { at } from "../../market/column.ts";
import type { Panel } from "../../market/panel.ts";
import type { Decisions } from "../decisions.ts";
import { simulate } from "../engine.ts";
import { riskFreePerPeriod } from "../statistics/risk-free.ts";
import { barsPerPeriod, coarseReturns } from "./coarse-returns.ts";
import type { Params } from "./parameter-grid.ts";
import type { Subject } from "./subject.ts";
import type { Trials } from "./trials.ts";

/** A fold is a sixth of the periods; no more than a quarter of one is purged. */
const LONGEST_HORIZON = 1 / 24;

/** Runs every set of parameters over the whole window, the run's own first; sets that cannot decide are left out. */
export function* gridTrials(
  subject: Subject,
  grid: readonly Params[],
  decide: (panel: Panel, params: Params) => Decisions,
): Generator<undefined, Trials> {
  const { panel, window, settings, simulation, periodsPerYear } = subject;
  const rows = simulation.equity.length;
  const bars = barsPerPeriod(rows);
  const returns = [coarseReturns(simulation.equity, bars)];
  const tried = grid.slice(0, 1);
  for (const params of grid.slice(1)) {
    yield;
    let decisions: Decisions;
    try {
      decisions = decide(panel, params);
    } catch {
      continue;
    }
    returns.push(coarseReturns(simulate(panel, decisions, settings, window).equity, bars));
    tried.push(params);
  }
  const periods = returns[0]?.length ?? 0;
  const first = window.fromRow + rows - 1 - periods * bars;
  return {
    params: tried,
    returns,
    own: 0,
    barsPerPeriod: bars,
    periodsPerYear: periodsPerYear / bars,
    riskFreePerPeriod: riskFreePerPeriod(settings.riskFreeRate, periodsPerYear / bars),
    time: Float64Array.from({ length: periods + 1 }, (_, k) => at(panel.closeTime, first + k * bars)),
    horizon: Math.min(Math.ceil(meanHolding(subject) / bars), Math.floor(periods * LONGEST_HORIZON)),
  };
}

/** Rows from entry to exit, on average. */
function meanHolding({ simulation: { trades } }: Subject): number {
  if (trades.length === 0) return 0;
  return trades.reduce((sum, trade) => sum + trade.exitRow - trade.entryRow, 0) / trades.length;
}
