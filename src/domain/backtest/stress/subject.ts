import type { z } from "zod";
import { decide } from "../decide.ts";
import type { Decisions } from "../decisions.ts";
import type { Panel } from "../../market/panel.ts";
import type { ParamsSchema, Strategy } from "../strategy.ts";

/** What is put under stress: it decides over a panel, anew for every path. */
export interface Subject {
  /**
   * @param entryRow where a portfolio that is only held is bought, at the open of the row after; a strategy decides
   *   for itself from the first row on
   */
  decide(panel: Panel, entryRow: number): Decisions;
  /** True where nothing is decided before `entryRow`. */
  readonly held: boolean;
}

export function strategySubject<P extends ParamsSchema>(strategy: Strategy<P>, params: z.output<P>): Subject {
  return { held: false, decide: (panel) => decide(strategy, panel, params) };
}

/** A portfolio that is bought once and held. @param weights one per symbol of the panel, fractions of equity */
export function portfolioSubject(weights: readonly number[]): Subject {
  return {
    held: true,
    decide: (_, entryRow) => ({
      rows: Int32Array.of(entryRow),
      weights: weights.map((weight) => Float64Array.of(weight)),
    }),
  };
}

/** Equal parts of all symbols, held: what a subject is compared with. */
export function equalParts(symbols: number): Subject {
  return portfolioSubject(Array.from({ length: symbols }, () => 1 / symbols));
}
