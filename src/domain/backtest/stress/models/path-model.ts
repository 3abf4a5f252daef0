import type { Column } from "../../../market/column.ts";
import type { Random } from "../../../random.ts";

export const PATH_MODELS = ["block-bootstrap", "garch", "jump-diffusion", "regime-switching"] as const;

export type PathModelName = (typeof PATH_MODELS)[number];

/** One drawn path: columns with an entry per bar. */
export interface DrawnPath {
  /** Entry of the history that gives the bar its shape and its volume, and decides who moves with whom. */
  readonly dates: Int32Array;
  /** Log returns by symbol. */
  readonly moves: readonly Column[];
  /** Size of the bar against the one drawn, by symbol. */
  readonly sizes: readonly Column[];
}

/** A way to make returns that did not happen, fitted on those that did. */
export interface PathModel {
  readonly name: PathModelName;
  /** What paths have in common with the history, and what not, in one sentence. */
  readonly keeps: string;
  /** What was estimated, by symbol or for all together; log returns over one bar. */
  readonly estimates: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Overwrites the path. */
  draw(random: Random, path: DrawnPath): void;
}

export function emptyPath(symbols: number, bars: number): DrawnPath {
  const columns = (): Column[] => Array.from({ length: symbols }, () => new Float64Array(bars));
  return { dates: new Int32Array(bars), moves: columns(), sizes: columns() };
}
