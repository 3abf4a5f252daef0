export interface OptimizerCase {
  readonly id: string;
  /** Of the market. */
  readonly seed: number;
  /** See tests/support/planted-market.ts; 0: nothing is to be found. */
  readonly edge: number;
  /** Candidates that may be tried. */
  readonly budget: number;
}

/** Two and a half times the planted market's own: few names and five years must be enough. */
const EDGE = 0.5;

export const OPTIMIZER_CASES: readonly OptimizerCase[] = [
  ...[1, 2].map((seed) => ({ id: `planted-${seed}`, seed, edge: EDGE, budget: 6 })),
  ...[1, 2, 3].map((seed) => ({ id: `no-edge-${seed}`, seed, edge: 0, budget: 2 })),
];
