import { at, type Column } from "../../market/column.ts";
import { percent, ratio } from "../../format.ts";
import { randomFrom } from "../../random.ts";
import { quantile } from "../../risk/quantile.ts";
import type { Simulation } from "../simulation.ts";
import { riskFreePerPeriod } from "../statistics/risk-free.ts";
import { isStatedPerYear } from "../statistics/stated-per-year.ts";
import { blockLength } from "./block-length.ts";
import { barsPerPeriod, coarseReturns } from "./coarse-returns.ts";
import type { Bootstrap } from "./report.ts";
import { resample } from "./stationary-bootstrap.ts";
import type { Subject } from "./subject.ts";

const CONFIDENCE = 0.95;
const RESAMPLES = 1000;
/** Resamples are drawn together so often before others may have a turn. */
const BATCH = 100;
const FEWEST_PERIODS = 30;
const NONE: Bootstrap["sharpe"] = { estimate: null, low: null, high: null };

interface Figures {
  readonly sharpe: number;
  readonly cagr: number;
  readonly maxDrawdown: number;
}

/**
 * 95 % intervals from the stationary bootstrap, run and buy and hold resampled together so that their difference has
 * one too. Percentiles of the resamples; the mean block length is the longer of those that suit the run's
 * returns and the differences to holding. Doubtful where the interval of the Sharpe ratio, or of its difference to
 * buy and hold, holds zero.
 */
export function* confidenceIntervals(subject: Subject, held: Simulation): Generator<undefined, Bootstrap> {
  const { simulation, periodsPerYear, settings, seed } = subject;
  const bars = barsPerPeriod(simulation.equity.length);
  const own = coarseReturns(simulation.equity, bars);
  const holding = coarseReturns(held.equity, bars);
  const difference = own.map((value, t) => value - at(holding, t));
  const year = periodsPerYear / bars;
  const free = riskFreePerPeriod(settings.riskFreeRate, year);
  const length = Math.max(blockLength(own), blockLength(difference));
  const common = {
    confidence: CONFIDENCE,
    resamples: RESAMPLES,
    blockLength: Math.round(length * 100) / 100,
    periods: own.length,
    barsPerPeriod: bars,
  };
  if (own.length < FEWEST_PERIODS || simulation.ruinedRow !== null) return leftOut(common, own.length);

  const drawn: Figures[] = [];
  const heldDrawn: Figures[] = [];
  const random = randomFrom(seed).fork("stationary-bootstrap");
  const indices = new Int32Array(own.length);
  for (let k = 0; k < RESAMPLES; k += 1) {
    if (k % BATCH === 0) yield;
    resample(indices, length, random);
    drawn.push(figuresOf(own, indices, year, free));
    heldDrawn.push(figuresOf(holding, indices, year, free));
  }
  const inOrder = indices.map((_, t) => t);
  const actual = figuresOf(own, inOrder, year, free);
  const actualHeld = figuresOf(holding, inOrder, year, free);
  const of = (key: keyof Figures): Bootstrap["sharpe"] =>
    interval(
      actual[key],
      Float64Array.from(drawn, (one) => one[key]),
    );
  const over = (key: keyof Figures): Bootstrap["sharpe"] =>
    interval(
      actual[key] - actualHeld[key],
      Float64Array.from(drawn, (one, k) => one[key] - (heldDrawn[k]?.[key] ?? NaN)),
    );
  const stated = isStatedPerYear(own.length / year);
  const intervals = {
    sharpe: of("sharpe"),
    cagr: stated ? of("cagr") : NONE,
    maxDrawdown: of("maxDrawdown"),
    sharpeOverHolding: over("sharpe"),
    cagrOverHolding: stated ? over("cagr") : NONE,
  };
  return { ...conclude(intervals), ...common, ...intervals };
}

/** Of the returns in the order of the indices. */
function figuresOf(returns: Column, indices: Int32Array, year: number, free: number): Figures {
  const n = indices.length;
  let sum = 0;
  let squares = 0;
  let wealth = 1;
  let high = 1;
  let deepest = 0;
  for (let t = 0; t < n; t += 1) {
    const value = returns[indices[t] ?? -1] ?? NaN;
    sum += value;
    squares += value * value;
    wealth *= 1 + value;
    if (wealth > high) high = wealth;
    else if (wealth < high * (1 + deepest)) deepest = wealth / high - 1;
  }
  const deviation = Math.sqrt((squares - (sum * sum) / n) / (n - 1));
  return {
    sharpe: deviation > 0 ? ((sum / n - free) / deviation) * Math.sqrt(year) : 0,
    cagr: Math.max(wealth, 0) ** (year / n) - 1,
    maxDrawdown: deepest,
  };
}

function interval(estimate: number, drawn: Float64Array): Bootstrap["sharpe"] {
  const tail = (1 - CONFIDENCE) / 2;
  const known = drawn.filter(Number.isFinite);
  const low = known.length < drawn.length ? NaN : quantile(known, tail);
  const high = known.length < drawn.length ? NaN : quantile(known, 1 - tail);
  const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return { estimate: orNull(estimate), low: orNull(low), high: orNull(high) };
}

function conclude(
  intervals: Pick<Bootstrap, "sharpe" | "sharpeOverHolding" | "maxDrawdown">,
): Pick<Bootstrap, "standing" | "conclusion"> {
  const { sharpe, sharpeOverHolding: over, maxDrawdown } = intervals;
  const above = (sharpe.low ?? 0) > 0;
  const better = (over.low ?? 0) > 0;
  const zero = above
    ? better
      ? "both are above zero"
      : "the difference may be none"
    : "the Sharpe ratio may be none";
  return {
    standing: above && better ? "passed" : "doubtful",
    conclusion: `With 95% confidence the Sharpe ratio is ${ratio(sharpe.low)} to ${ratio(sharpe.high)}, ${signed(over.low)} to ${signed(over.high)} against buy and hold, and the deepest drawdown ${percent(maxDrawdown.low)} to ${percent(maxDrawdown.high)}: ${zero}.`,
  };
}

function signed(value: number | null): string {
  return `${(value ?? 0) > 0 ? "+" : ""}${ratio(value)}`;
}

function leftOut(
  common: Pick<Bootstrap, "confidence" | "resamples" | "blockLength" | "periods" | "barsPerPeriod">,
  periods: number,
): Bootstrap {
  return {
    standing: "left out",
    conclusion:
      periods < FEWEST_PERIODS
        ? `${periods} returns are too few to resample.`
        : "The equity was lost; there is nothing to resample.",
    ...common,
    resamples: 0,
    sharpe: NONE,
    cagr: NONE,
    maxDrawdown: NONE,
    sharpeOverHolding: NONE,
    cagrOverHolding: NONE,
  };
}
