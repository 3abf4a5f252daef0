import type { CostSweep, LagSweep } from "./report.ts";

/** Adds what two sweeps found to the figures of a verdict. */
export function addSweepFigures(
  costs: CostSweep,
  lags: LagSweep,
  figures: Record<string, number | null>,
): void {
  for (const { times, totalReturn } of costs.levels) figures[`returnAt${times}xCosts`] = totalReturn;
  for (const { bars, sharpe } of lags.levels) figures[`sharpeAtLag${bars}`] = sharpe;
  figures["costBps"] = costs.paidBps;
  figures["breakEvenBps"] = costs.breakEvenBps;
}
