import { at, type Column } from "../../market/column.ts";
import type { Random } from "../../random.ts";
import { normalQuantile } from "../../risk/normal.ts";
import { quantile } from "../../risk/quantile.ts";
import { absent, type Absent } from "../../statistic.ts";
import { blockLength } from "../proof/block-length.ts";
import { longRunVariance } from "./long-run-variance.ts";
import { type Contrast, influence, type Moments, momentsOf } from "./pair.ts";

/** What two columns of returns on the same days say about a difference; per period. */
export interface DifferenceTest {
  readonly difference: number;
  readonly standardError: number;
  /** Ends of the confidence interval. */
  readonly low: number;
  readonly high: number;
  /** Two-sided: how often a difference as large comes about where there is none. */
  readonly pValue: number;
  /** The least true difference that a test like this finds four times out of five. */
  readonly detectable: number;
  readonly blockLength: number;
}

interface TestOptions {
  readonly confidence: number;
  readonly resamples: number;
  readonly random: Random;
}

/** Fewer pairs say nothing about a difference. */
const FEWEST_PAIRS = 60;

const POWER = 0.8;

/** Resamples are drawn together so often before others may have a turn. */
const BATCH = 50;

/** Standard errors below this part of the original's are rounding. */
const NOTHING = 1e-6;

/** The best block of a bootstrap with fixed blocks is longer than the mean one of the stationary one: (3/2)^(1/3). */
const FIXED_BLOCK = 1.5 ** (1 / 3);

/** Of the pairs; longer blocks leave too few of them to estimate a variance from. */
const LONGEST_BLOCK = 1 / 10;

/**
 * Tests a difference of two strategies on paired returns: the studentised circular block bootstrap of Ledoit and Wolf,
 * "Robust performance hypothesis testing with the Sharpe ratio", Journal of Empirical Finance 15 (2008). Days are
 * drawn in blocks, the same for both columns; every resample's difference is measured in its own standard error
 * (Goetze and Kuensch 1996), the original's comes from a Parzen window. Interval and p-value fit each other.
 * The block length is that of Politis and White (2004) for what each day adds to the difference.
 */
export function* testDifference(
  a: Column,
  b: Column,
  contrast: Contrast,
  options: TestOptions,
): Generator<undefined, DifferenceTest | Absent> {
  const n = a.length;
  if (n < FEWEST_PAIRS) return absent(`There are ${n} returns; a comparison needs ${FEWEST_PAIRS}.`);
  const moments = momentsOf(a, b);
  const difference = contrast.value(moments);
  const effects = influence(a, b, moments, contrast.gradient(moments));
  const standardError = Math.sqrt(longRunVariance(effects) / n);
  if (!Number.isFinite(difference) || !Number.isFinite(standardError))
    return absent("The returns of one of the two do not vary.");
  if (!(standardError > 1e-12)) return absent("The two do not differ in a way that varies from day to day.");

  const block = Math.max(
    1,
    Math.min(Math.floor(n * LONGEST_BLOCK), Math.ceil(FIXED_BLOCK * blockLength(effects))),
  );
  const sums = blockSums(a, b, block);
  const distances = new Float64Array(options.resamples);
  const starts = new Int32Array(Math.floor(n / block));
  for (let k = 0; k < options.resamples; k += 1) {
    if (k % BATCH === 0) yield;
    for (let j = 0; j < starts.length; j += 1) starts[j] = options.random.integer(n);
    distances[k] = distance(sums, starts, block, contrast, { difference, standardError });
  }
  const critical = quantile(distances, options.confidence);
  if (!Number.isFinite(critical)) return absent("The two differ on too few days.");
  const own = Math.abs(difference) / standardError;
  const beyond = distances.reduce((count, one) => count + (one >= own ? 1 : 0), 0);
  return {
    difference,
    standardError,
    low: difference - critical * standardError,
    high: difference + critical * standardError,
    pValue: (beyond + 1) / (options.resamples + 1),
    detectable: (critical + normalQuantile(POWER)) * standardError,
    blockLength: block,
  };
}

type Sums = readonly [a: Column, b: Column, aa: Column, bb: Column];

/** Sums of a, b, a^2 and b^2 over the block that begins at every entry, wrapping round at the end. */
function blockSums(a: Column, b: Column, block: number): Sums {
  const columns: Sums = [a, b, a.map((x) => x * x), b.map((y) => y * y)];
  const sums = (column: Column): Column => {
    const n = column.length;
    return column.map((_, start) => {
      let sum = 0;
      for (let offset = 0; offset < block; offset += 1) sum += at(column, (start + offset) % n);
      return sum;
    });
  };
  return [sums(columns[0]), sums(columns[1]), sums(columns[2]), sums(columns[3])];
}

/** |resampled difference - the original's| in standard errors of the resample, from its blocks. */
function distance(
  sums: Sums,
  starts: Int32Array,
  block: number,
  contrast: Contrast,
  original: Pick<DifferenceTest, "difference" | "standardError">,
): number {
  const [a, b, aa, bb] = sums;
  const count = starts.length;
  const length = count * block;
  let [sumA, sumB, sumAA, sumBB] = [0, 0, 0, 0];
  for (let j = 0; j < count; j += 1) {
    const start = starts[j] ?? 0;
    sumA += a[start] ?? NaN;
    sumB += b[start] ?? NaN;
    sumAA += aa[start] ?? NaN;
    sumBB += bb[start] ?? NaN;
  }
  const moments: Moments = [sumA / length, sumB / length, sumAA / length, sumBB / length];
  const [ga, gb, gaa, gbb] = contrast.gradient(moments);
  const centre = (ga * sumA + gb * sumB + gaa * sumAA + gbb * sumBB) / count;
  let squares = 0;
  for (let j = 0; j < count; j += 1) {
    const start = starts[j] ?? 0;
    const effect =
      ga * (a[start] ?? NaN) +
      gb * (b[start] ?? NaN) +
      gaa * (aa[start] ?? NaN) +
      gbb * (bb[start] ?? NaN) -
      centre;
    squares += effect * effect;
  }
  const resampledError = Math.sqrt(squares) / length;
  // A resample without the days on which the two differ says nothing; it never counts in favour of a difference.
  if (!(resampledError > NOTHING * original.standardError)) return Infinity;
  return Math.abs(contrast.value(moments) - original.difference) / resampledError;
}
