import { at, countAtMost } from "../../../market/column.ts";
import { normalProbability } from "../../statistics/normal-probability.ts";

interface NormalPart {
  readonly weight: number;
  readonly mean: number;
  readonly deviation: number;
}

const CELLS = 8192;

/** Deviations of the widest part that the table reaches to either side. */
const REACH = 9;

/**
 * The quantile function of a mixture of normals, from a table of its distribution function with linear interpolation.
 * @param parts weights sum to 1
 */
export function mixtureQuantile(parts: readonly NormalPart[]): (probability: number) => number {
  const real = parts.filter(({ weight }) => weight > 1e-9);
  const low = Math.min(...real.map(({ mean, deviation }) => mean - REACH * deviation));
  const high = Math.max(...real.map(({ mean, deviation }) => mean + REACH * deviation));
  const step = (high - low) / CELLS;
  const distribution = Float64Array.from({ length: CELLS + 1 }, (_, i) =>
    real.reduce(
      (sum, { weight, mean, deviation }) =>
        sum + weight * normalProbability((low + i * step - mean) / deviation),
      0,
    ),
  );
  return (probability) => {
    const cell = Math.min(CELLS - 1, Math.max(0, countAtMost(distribution, probability) - 1));
    const below = at(distribution, cell);
    const width = at(distribution, cell + 1) - below;
    const within = width > 0 ? Math.min(1, Math.max(0, (probability - below) / width)) : 0.5;
    return low + (cell + within) * step;
  };
}
