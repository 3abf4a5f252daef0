import type { Column } from "../market/column.ts";
import { randomFrom } from "../random.ts";
import type { Positions } from "./positions.ts";

/** Shifts drawn, and the multiplications after which fewer have to do. */
const SHIFTS = 500;
const FEWEST_SHIFTS = 99;
const WORK = 50_000_000;

/** Sums in another order differ by this much without meaning anything. */
const ROUNDING = 1e-12;

export interface RandomSignalNull {
  /** How often the signal does at least as well at a random time; (1 + successes) / (1 + shifts). */
  readonly pValue: number;
  readonly shifts: number;
}

/**
 * The random-signal null: is the timing of the positions worth anything? All symbols' weights are moved
 * together along the window by a random number of periods, the end wrapping round to the beginning. That
 * keeps how much is held, for how long and in which combination, and destroys when. Each shifted course pays
 * the same costs. The p-value is the share of shifts whose Sharpe ratio reaches the strategy's own; constant
 * positions have a p-value of 1, as they have no timing.
 *
 * The p-value counts the strategy itself among its shifts: Phipson and Smyth, Statistical Applications in
 * Genetics and Molecular Biology 9(1), 2010.
 *
 * @param costs by period, as a fraction of equity, at most 0
 */
export function randomSignalNull(positions: Positions, costs: Column, seed: number): RandomSignalNull {
  const { periods } = positions;
  const shifts = Math.round(
    Math.min(SHIFTS, Math.max(FEWEST_SHIFTS, WORK / (periods * positions.weights.length))),
  );
  const random = randomFrom(seed).fork("random-signal-null");
  const weights = positions.weights.map(twice);
  const charged = twice(costs);
  const course = new Float64Array(periods);
  const sharpeAt = (offset: number): number => {
    const start = periods - offset;
    course.set(charged.subarray(start, start + periods));
    for (const [s, weight] of weights.entries())
      addReturns(course, weight, start, positions.returns[s] ?? course);
    return sharpeOf(course);
  };
  const own = sharpeAt(0);
  if (Number.isNaN(own)) return { pValue: 1, shifts: 0 };
  let reached = 0;
  for (let k = 0; k < shifts; k += 1) {
    if (sharpeAt(1 + random.integer(periods - 1)) >= own - ROUNDING) reached += 1;
  }
  return { pValue: (1 + reached) / (1 + shifts), shifts };
}

/** A column followed by itself: every circular shift of it is a stretch of that. */
function twice(column: Column): Column {
  const double = new Float64Array(2 * column.length);
  double.set(column);
  double.set(column, column.length);
  return double;
}

function addReturns(course: Column, weight: Column, start: number, returns: Column): void {
  for (let t = 0; t < course.length; t += 1) {
    course[t] = (course[t] ?? NaN) + (weight[start + t] ?? NaN) * (returns[t] ?? NaN);
  }
}

/** Sharpe ratio per period; NaN where nothing varies. */
function sharpeOf(course: Column): number {
  let sum = 0;
  let squares = 0;
  for (let t = 0; t < course.length; t += 1) {
    const value = course[t] ?? NaN;
    sum += value;
    squares += value * value;
  }
  const variance = (squares - (sum * sum) / course.length) / (course.length - 1);
  return variance > 0 ? sum / course.length / Math.sqrt(variance) : NaN;
}
