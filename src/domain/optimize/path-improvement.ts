import { blockLength } from "../backtest/proof/block-length.ts";
import { resample } from "../backtest/proof/stationary-bootstrap.ts";
import { at, type Column } from "../market/column.ts";
import type { Random } from "../random.ts";
import { quantile } from "../risk/quantile.ts";
import { absent, type Absent } from "../statistic.ts";
import { drawDistances } from "./draw-distances.ts";
import { type Improvement, LONGEST_BLOCK, type ResampleOptions } from "./improvement.ts";

/** A metric of returns in their order. */
export type PathMetric = (returns: Column) => number;

/**
 * The test of metrics that depend on the order of the returns. A resample that is centred on the original's difference is
 * no picture of chance here: the deepest drawdown of resamples varies by much less than that of markets, and the level would be
 * exceeded twice over. So the hypothesis of no difference is imposed: in every block that is drawn, the two columns change places
 * with a probability of one half. The interval is the original's difference with what chance makes of none on both sides.
 * The mean block length is the longer of those that suit the differences of the returns and the sizes of both, so that
 * rough times stay together.
 */
export function testPath(
  a: Column,
  b: Column,
  metric: PathMetric,
  options: ResampleOptions,
): Improvement | Absent {
  const n = a.length;
  const difference = metric(a) - metric(b);
  if (!Number.isFinite(difference)) return absent("The metric has no value for one of the two.");
  const apart = a.map((value, t) => value - at(b, t));
  const length = Math.min(
    n * LONGEST_BLOCK,
    Math.max(blockLength(apart), blockLength(a.map(Math.abs)), blockLength(b.map(Math.abs))),
  );
  const indices = new Int32Array(n);
  const one = new Float64Array(n);
  const other = new Float64Array(n);
  const { distances, pValue } = drawDistances(difference, options, (random) => {
    resample(indices, length, random);
    swapBlocks(a, b, indices, random, one, other);
    const drawn = metric(one) - metric(other);
    // A resample without a drawdown has no ratio to one; it never counts in favour of a difference.
    return Number.isNaN(drawn) ? Infinity : drawn;
  });
  const critical = quantile(distances.map(Math.abs), options.confidence);
  if (!Number.isFinite(critical)) return absent("The two differ on too few bars.");
  return {
    difference,
    low: difference - critical,
    high: difference + critical,
    pValue,
    blockLength: length,
  };
}

/** Writes both columns in the order of the indices, in some blocks of consecutive ones each in the other's place. */
function swapBlocks(
  a: Column,
  b: Column,
  indices: Int32Array,
  random: Random,
  one: Column,
  other: Column,
): void {
  const n = indices.length;
  let expected = -1;
  let [first, second] = [a, b];
  for (let t = 0; t < n; t += 1) {
    const index = indices[t] ?? -1;
    if (index !== expected && random.uniform() < 0.5) [first, second] = [second, first];
    one[t] = first[index] ?? NaN;
    other[t] = second[index] ?? NaN;
    expected = index + 1 === n ? 0 : index + 1;
  }
}

/** The deepest fall from an earlier high, the begin included; negative. */
export const maxDrawdownOf: PathMetric = (returns) => walk(returns).deepest;

/** The compound annual return / |maximum drawdown|. */
export function calmarOf(periodsPerYear: number): PathMetric {
  return (returns) => {
    const { wealth, deepest } = walk(returns);
    return (Math.max(wealth, 0) ** (periodsPerYear / returns.length) - 1) / -deepest;
  };
}

function walk(returns: Column): { wealth: number; deepest: number } {
  let wealth = 1;
  let high = 1;
  let deepest = 0;
  for (let t = 0; t < returns.length; t += 1) {
    wealth *= 1 + (returns[t] ?? NaN);
    if (wealth > high) high = wealth;
    else if (wealth < high * (1 + deepest)) deepest = wealth / high - 1;
  }
  return { wealth, deepest };
}
