import { longRunVariance } from "../backtest/comparison/long-run-variance.ts";
import { blockLength } from "../backtest/proof/block-length.ts";
import { resample } from "../backtest/proof/stationary-bootstrap.ts";
import type { Column } from "../market/column.ts";
import { mean } from "../risk/moments.ts";
import { quantile } from "../risk/quantile.ts";
import { absent, type Absent } from "../statistic.ts";
import { drawDistances } from "./draw-distances.ts";
import { type Improvement, LONGEST_BLOCK, type ResampleOptions } from "./improvement.ts";
import type { SmoothMetric } from "./smooth-metric.ts";

/** Standard errors below this part of the original's are rounding. */
const NOTHING = 1e-6;

/**
 * The studentised test of metrics that are functions of moments: every resample's difference is taken off the
 * original's and measured in its own standard error, from the sums of its blocks (Goetze and Kuensch 1996; Ledoit and Wolf,
 * Journal of Empirical Finance 15, 2008), the original's in one from a Parzen window. That keeps the level also for
 * fat tails and two columns of unlike volatility. The interval is symmetric.
 */
export function testSmooth(
  a: Column,
  b: Column,
  metric: SmoothMetric,
  options: ResampleOptions,
): Improvement | Absent {
  const n = a.length;
  const figures: Four<Column> = [of(a, 0), of(a, 1), of(b, 0), of(b, 1)];
  const means: Four<number> = [mean(figures[0]), mean(figures[1]), mean(figures[2]), mean(figures[3])];
  const difference = differenceOf(metric, means);
  const effects = effectsOf(figures, metric, means);
  const standardError = Math.sqrt(longRunVariance(effects) / n);
  if (!Number.isFinite(difference) || !Number.isFinite(standardError))
    return absent("The metric has no value for one of the two.");
  if (!(standardError > 1e-12)) return absent("The two do not differ in a way that varies from bar to bar.");

  const length = Math.max(1, Math.min(n * LONGEST_BLOCK, blockLength(effects)));
  const indices = new Int32Array(n);
  const drawn = new DrawnBlocks(figures, metric);
  const own = difference / standardError;
  const { distances, pValue } = drawDistances(own, options, (random) => {
    resample(indices, length, random);
    drawn.read(indices);
    const error = drawn.standardError();
    // A resample without the bars on which the two differ says nothing; it never counts in favour of a difference.
    return error > NOTHING * standardError
      ? (differenceOf(metric, drawn.means) - difference) / error
      : Infinity;
  });
  const critical = quantile(distances.map(Math.abs), options.confidence);
  if (!Number.isFinite(critical)) return absent("The two differ on too few bars.");
  return {
    difference,
    low: difference - critical * standardError,
    high: difference + critical * standardError,
    pValue,
    blockLength: length,
  };

  function of(column: Column, which: 0 | 1): Column {
    return column.map((value) => metric.figures(value)[which]);
  }
}

/** The two figures of a, then those of b. */
type Four<T> = readonly [ax: T, ay: T, bx: T, by: T];

function differenceOf(metric: SmoothMetric, [ax, ay, bx, by]: Four<number>): number {
  return metric.value(ax, ay) - metric.value(bx, by);
}

/** How the difference answers to each of the four means. */
function gradientOf(metric: SmoothMetric, [ax, ay, bx, by]: Four<number>): Four<number> {
  const [gax, gay] = metric.gradient(ax, ay);
  const [gbx, gby] = metric.gradient(bx, by);
  return [gax, gay, -gbx, -gby];
}

/** How much each bar moves the difference, to first order, about 0. */
function effectsOf([ax, ay, bx, by]: Four<Column>, metric: SmoothMetric, means: Four<number>): Column {
  const [gax, gay, gbx, gby] = gradientOf(metric, means);
  const centre = gax * means[0] + gay * means[1] + gbx * means[2] + gby * means[3];
  return ax.map(
    (value, t) => gax * value + gay * (ay[t] ?? NaN) + gbx * (bx[t] ?? NaN) + gby * (by[t] ?? NaN) - centre,
  );
}

/** The figures' sums over each block of one resample. */
class DrawnBlocks {
  readonly #figures: Four<Column>;
  readonly #metric: SmoothMetric;
  readonly #sums: Four<Float64Array>;
  readonly #lengths: Float64Array;
  #count = 0;
  means: Four<number> = [NaN, NaN, NaN, NaN];

  constructor(figures: Four<Column>, metric: SmoothMetric) {
    const n = figures[0].length;
    this.#figures = figures;
    this.#metric = metric;
    this.#sums = [new Float64Array(n), new Float64Array(n), new Float64Array(n), new Float64Array(n)];
    this.#lengths = new Float64Array(n);
  }

  read(indices: Int32Array): void {
    const [ax, ay, bx, by] = this.#figures;
    const [sax, say, sbx, sby] = this.#sums;
    const n = indices.length;
    let j = -1;
    let expected = -1;
    let tax = 0;
    let tay = 0;
    let tbx = 0;
    let tby = 0;
    for (let t = 0; t < n; t += 1) {
      const index = indices[t] ?? -1;
      if (index !== expected) {
        j += 1;
        sax[j] = 0;
        say[j] = 0;
        sbx[j] = 0;
        sby[j] = 0;
        this.#lengths[j] = 0;
      }
      const vax = ax[index] ?? NaN;
      const vay = ay[index] ?? NaN;
      const vbx = bx[index] ?? NaN;
      const vby = by[index] ?? NaN;
      sax[j] = (sax[j] ?? NaN) + vax;
      say[j] = (say[j] ?? NaN) + vay;
      sbx[j] = (sbx[j] ?? NaN) + vbx;
      sby[j] = (sby[j] ?? NaN) + vby;
      this.#lengths[j] = (this.#lengths[j] ?? NaN) + 1;
      tax += vax;
      tay += vay;
      tbx += vbx;
      tby += vby;
      expected = index + 1 === n ? 0 : index + 1;
    }
    this.#count = j + 1;
    this.means = [tax / n, tay / n, tbx / n, tby / n];
  }

  /** Of the resample's difference: the root of the squared effects of its blocks. */
  standardError(): number {
    const [gax, gay, gbx, gby] = gradientOf(this.#metric, this.means);
    const [max, may, mbx, mby] = this.means;
    const [sax, say, sbx, sby] = this.#sums;
    const centre = gax * max + gay * may + gbx * mbx + gby * mby;
    let squares = 0;
    for (let j = 0; j < this.#count; j += 1) {
      const effect =
        gax * (sax[j] ?? NaN) +
        gay * (say[j] ?? NaN) +
        gbx * (sbx[j] ?? NaN) +
        gby * (sby[j] ?? NaN) -
        centre * (this.#lengths[j] ?? NaN);
      squares += effect * effect;
    }
    return Math.sqrt(squares) / this.#figures[0].length;
  }
}
