import type { Column } from "../../../market/column.ts";
import { mean, sampleDeviation } from "../../../risk/moments.ts";
import { absent, type Absent } from "../../../statistic.ts";
import { nelderMead } from "./nelder-mead.ts";

/** Log return of a bar = mean + deviation x normal + the sum of Poisson(jumps) many normal(jumpMean, jumpDeviation). */
export interface JumpDiffusionFit {
  readonly mean: number;
  readonly deviation: number;
  /** Jumps expected in a bar. */
  readonly jumps: number;
  readonly jumpMean: number;
  readonly jumpDeviation: number;
  readonly logLikelihood: number;
}

/** More than one bar in two with a jump is no jump any more, and could not be told from the diffusion. */
const MOST_JUMPS = 0.5;

/** Numbers of jumps in a bar that are looked at; at half a jump a bar more than 9 have a probability of 2e-10. */
const MOST_AT_ONCE = 9;

/** Half of 11.34, the 99 % quantile of chi-squared with the three parameters that jumps add. */
const LEAST_GAIN = 5.67;

/** Fits are on the latest returns alone where there are more: each costs ten densities a step. */
const MOST_RETURNS = 5000;

const FAR = 12;

const ROOT_OF_TWO_PI = Math.sqrt(2 * Math.PI);

/**
 * Merton's jump diffusion (Journal of Financial Economics 3, 1976) by maximum likelihood: the density of a bar is a
 * Poisson mixture of normals. The search starts where kurtosis is that of the sample for rare and for frequent jumps.
 * Absent with a reason where it does not converge or jumps explain no more than a normal distribution does (likelihood
 * ratio, 1 %).
 */
export function fitJumpDiffusion(all: Column): JumpDiffusionFit | Absent {
  const returns = all.subarray(-MOST_RETURNS);
  const n = returns.length;
  const centre = mean(returns);
  const scale = sampleDeviation(returns);
  if (!(scale > 0)) return absent("the returns do not vary");
  const units = returns.map((value) => (value - centre) / scale);

  const loss = (point: readonly number[]): number => -logLikelihood(units, parametersOf(point)) / n;
  const kurtosis = Math.max(0.5, mean(units.map((x) => x ** 4)) - 3);
  const starts = [0.01, 0.05, 0.2].map((jumps) => {
    const jumpDeviation = (kurtosis / (3 * jumps)) ** 0.25;
    const rest = Math.max(0.2, 1 - jumps * jumpDeviation ** 2);
    return [0, Math.log(rest) / 2, logit(jumps / MOST_JUMPS), 0, Math.log(jumpDeviation)];
  });
  // A coarse look from every start, then the search proper from the best.
  const [near] = starts
    .map((start) => nelderMead(loss, start, { tolerance: 1e-4, maxSteps: 300 }))
    .toSorted((a, b) => a.value - b.value);
  if (near === undefined) throw new RangeError("there is no start");
  const best = nelderMead(loss, near.point, { tolerance: 1e-8 });
  if (!best.converged) return absent("the search for its parameters did not converge");
  const found = parametersOf(best.point);
  const likelihood = -n * best.value;
  const normal = -0.5 * n * Math.log(2 * Math.PI) - 0.5 * units.reduce((sum, x) => sum + x * x, 0);
  if (likelihood - normal < LEAST_GAIN)
    return absent("jumps explain its returns no better than a normal distribution");
  return {
    mean: centre + scale * found.mean,
    deviation: scale * found.deviation,
    jumps: found.jumps,
    jumpMean: scale * found.jumpMean,
    jumpDeviation: scale * found.jumpDeviation,
    logLikelihood: likelihood - n * Math.log(scale),
  };
}

type Parameters = Omit<JumpDiffusionFit, "logLikelihood">;

/** Weight, mean and deviation of the normal that belongs to each number of jumps. */
export function mixtureOf({ mean, deviation, jumps, jumpMean, jumpDeviation }: Parameters): {
  readonly weight: number;
  readonly mean: number;
  readonly deviation: number;
}[] {
  let weight = Math.exp(-jumps);
  return Array.from({ length: MOST_AT_ONCE + 1 }, (_, k) => {
    if (k > 0) weight *= jumps / k;
    return {
      weight,
      mean: mean + k * jumpMean,
      deviation: Math.sqrt(deviation ** 2 + k * jumpDeviation ** 2),
    };
  });
}

function logLikelihood(returns: Column, parameters: Parameters): number {
  const parts = mixtureOf(parameters).filter(({ weight }) => weight > 1e-9);
  const means = Float64Array.from(parts, (part) => part.mean);
  const factors = Float64Array.from(parts, ({ deviation }) => -0.5 / deviation ** 2);
  const heights = Float64Array.from(parts, ({ weight, deviation }) => weight / (deviation * ROOT_OF_TWO_PI));
  let sum = 0;
  for (let t = 0; t < returns.length; t += 1) {
    const value = returns[t] ?? NaN;
    let density = 0;
    for (let k = 0; k < heights.length; k += 1) {
      const distance = value - (means[k] ?? NaN);
      density += (heights[k] ?? NaN) * Math.exp((factors[k] ?? NaN) * distance * distance);
    }
    sum += Math.log(density);
  }
  return sum;
}

function parametersOf([
  centre = NaN,
  deviation = NaN,
  jumps = NaN,
  jumpMean = NaN,
  jump = NaN,
]: readonly number[]): Parameters {
  const outside = [centre, deviation, jumps, jumpMean, jump].some((value) => Math.abs(value) > FAR);
  return {
    mean: outside ? NaN : centre,
    deviation: Math.exp(deviation),
    jumps: MOST_JUMPS / (1 + Math.exp(-jumps)),
    jumpMean,
    jumpDeviation: Math.exp(jump),
  };
}

function logit(probability: number): number {
  return Math.log(probability / (1 - probability));
}
