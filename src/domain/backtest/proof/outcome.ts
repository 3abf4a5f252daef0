import { simpleReturns } from "../../risk/returns.ts";
import { orNull } from "../../statistic.ts";
import type { Simulation } from "../simulation.ts";
import { maxDrawdown } from "../statistics/max-drawdown.ts";
import { sharpe } from "../statistics/sharpe.ts";
import { totalReturn } from "../statistics/total-return.ts";

/** What became of a run in three figures; null where one has no value. */
export interface Outcome {
  readonly totalReturn: number | null;
  readonly sharpe: number | null;
  readonly maxDrawdown: number | null;
}

export function outcomeOf({ equity }: Simulation, periodsPerYear: number, riskFreeRate: number): Outcome {
  const ruined = equity.some((value) => value <= 0);
  return {
    totalReturn: orNull(totalReturn(equity)),
    sharpe: ruined ? null : orNull(sharpe(simpleReturns(equity), periodsPerYear, riskFreeRate)),
    maxDrawdown: orNull(maxDrawdown(equity)),
  };
}
