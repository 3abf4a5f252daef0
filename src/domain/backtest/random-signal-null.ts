import type { Column } from "../market/column.ts";
import { randomFrom } from "../random.ts";
import type { Positions } from "./positions.ts";

/** Most shifts, and the multiplications after which fewer have to do. */
const SHIFTS = 500;
const FEWEST_SHIFTS = 41;
const WORK = 40_000_000;

/** So many successes at random times settle that the timing is worth nothing. */
const ENOUGH = 10;

/** Sums in another order differ by this much without meaning anything. */
const ROUNDING = 1e-12;

export interface RandomSignalNull {
  /** How often the signal does at least as well at a random time. */
  readonly pValue: number;
  /** Random times tried. */
  readonly shifts: number;
}

/**
 * The random-signal null: is the timing of the positions worth anything? All symbols' weights are moved
 * together along the window by a random number of periods, the end wrapping round to the beginning. That
 * keeps how much is held, for how long, in which combination and how much is traded, and destroys when. Each
 * shifted course pays the same costs. The p-value is the share of shifts whose Sharpe ratio reaches the
 * strategy's own; constant positions have a p-value of 1, as they have no timing.
 *
 * The p-value counts the strategy itself among its shifts, (1 + successes) / (1 + shifts): Phipson and Smyth,
 * Statistical Applications in Genetics and Molecular Biology 9(1), 2010. After the tenth success it is ten / shifts,
 * and further ones are not drawn: Besag and Clifford, Biometrika 78(2), 1991.
 *
 * @param costs by period, as a fraction of equity, at most 0
 */
export function randomSignalNull(positions: Positions, costs: Column, seed: number): RandomSignalNull {
  const { periods } = positions;
  const most = Math.round(
    Math.min(SHIFTS, Math.max(FEWEST_SHIFTS, WORK / (periods * positions.weights.length))),
  );
  const random = randomFrom(seed).fork("random-signal-null");
  const [weights, returns] = [positions.weights[0], positions.returns[0]];
  const sharpeAt =
    positions.weights.length === 1 && weights !== undefined && returns !== undefined
      ? singleSharpe(weights, returns, costs)
      : panelSharpe(positions, costs);
  const own = sharpeAt(0);
  if (Number.isNaN(own)) return { pValue: 1, shifts: 0 };
  let reached = 0;
  for (let shifts = 1; shifts <= most; shifts += 1) {
    if (sharpeAt(1 + random.integer(periods - 1)) >= own - ROUNDING) reached += 1;
    if (reached === ENOUGH) return { pValue: reached / shifts, shifts };
  }
  return { pValue: (1 + reached) / (1 + most), shifts: most };
}

/** Of one symbol without a column in between: before the weights wrap round, and after. */
function singleSharpe(weights: Column, returns: Column, costs: Column): (offset: number) => number {
  const n = returns.length;
  return (offset) => {
    let sum = 0;
    let squares = 0;
    for (let t = 0, from = n - offset; from < n; t += 1, from += 1) {
      const value = (costs[from] ?? NaN) + (weights[from] ?? NaN) * (returns[t] ?? NaN);
      sum += value;
      squares += value * value;
    }
    for (let t = offset, from = 0; t < n; t += 1, from += 1) {
      const value = (costs[from] ?? NaN) + (weights[from] ?? NaN) * (returns[t] ?? NaN);
      sum += value;
      squares += value * value;
    }
    return sharpeOf(sum, squares, n);
  };
}

function panelSharpe(positions: Positions, costs: Column): (offset: number) => number {
  const n = positions.periods;
  const course = new Float64Array(n);
  return (offset) => {
    course.set(costs.subarray(n - offset, n));
    course.set(costs.subarray(0, n - offset), offset);
    for (const [s, weights] of positions.weights.entries()) {
      const returns = positions.returns[s] ?? course;
      for (let t = 0, from = n - offset; from < n; t += 1, from += 1) {
        course[t] = (course[t] ?? NaN) + (weights[from] ?? NaN) * (returns[t] ?? NaN);
      }
      for (let t = offset, from = 0; t < n; t += 1, from += 1) {
        course[t] = (course[t] ?? NaN) + (weights[from] ?? NaN) * (returns[t] ?? NaN);
      }
    }
    let sum = 0;
    let squares = 0;
    for (let t = 0; t < n; t += 1) {
      const value = course[t] ?? NaN;
      sum += value;
      squares += value * value;
    }
    return sharpeOf(sum, squares, n);
  };
}

/** Sharpe ratio per period; NaN where nothing varies. */
function sharpeOf(sum: number, squares: number, n: number): number {
  const variance = (squares - (sum * sum) / n) / (n - 1);
  return variance > 0 ? sum / n / Math.sqrt(variance) : NaN;
}
