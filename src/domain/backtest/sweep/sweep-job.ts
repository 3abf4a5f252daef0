import type { Panel } from "../../market/panel.ts";
import type { RowWindow } from "../engine.ts";
import type { BacktestSettings } from "../settings.ts";
import type { Strategy } from "../strategy.ts";
import type { Grid } from "./grid.ts";

/** Where a thread finds the strategy: a built-in one by its name, another by the file that exports it. */
export type StrategyRef = Pick<Strategy, "name" | "module" | "sourceHash">;

/**
 * A sweep as any thread can take it up: columns and results lie in shared memory, all else is small. The k-th
 * combination is number `grid.taken[k]`.
 */
export interface SweepJob {
  readonly strategy: StrategyRef;
  readonly grid: Grid;
  readonly panel: Panel;
  readonly settings: BacktestSettings;
  readonly window: RowWindow;
  readonly periodsPerYear: number;
  /** Blocks of rows that returns are summed by. */
  readonly blocks: number;
  /** Per combination a score (see SCORE_FIELDS). */
  readonly scores: Float64Array;
  /** Per combination the sum and the squares of its returns, block by block. */
  readonly sums: Float64Array;
}

/** Combinations `from <= k < to` of a job. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}
