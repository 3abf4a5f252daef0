import { at, type Column } from "../../../market/column.ts";
import { mean } from "../../../risk/moments.ts";
import { absent, type Absent } from "../../../statistic.ts";

export interface Regime {
  readonly mean: number;
  readonly deviation: number;
  /** Probability of being in it at the next bar too. */
  readonly stays: number;
}

/** Two states with normal returns; the calm one, of the smaller deviation, is the first. */
interface RegimeFit {
  readonly calm: Regime;
  readonly wild: Regime;
  /** Probability of the wild state at every entry, given all of them. */
  readonly wildness: Column;
  readonly logLikelihood: number;
}

const MOST_ITERATIONS = 1000;
const TOLERANCE = 1e-9;

/** A state that holds fewer bars, or is calmer than this part of all, is an outlier and no regime. */
const FEWEST_BARS = 10;
const CALMEST = 1e-3;

/** Deviations nearer than this are one. */
const SAME = 1.05;

/** In log likelihood over one normal distribution; a second regime adds five parameters. */
const LEAST_GAIN = 10;

/**
 * A hidden Markov model with two Gaussian states by expectation maximisation (Baum, Petrie, Soules and Weiss, Annals of
 * Mathematical Statistics 41, 1970; Hamilton, Econometrica 57, 1989), forward and backward probabilities scaled at each
 * entry (Rabiner, Proceedings of the IEEE 77, 1989). Absent with a reason where it does not converge or finds one regime.
 */
export function fitRegimes(returns: Column): RegimeFit | Absent {
  const n = returns.length;
  const centre = mean(returns);
  let variance = 0;
  for (let t = 0; t < n; t += 1) variance += (at(returns, t) - centre) ** 2 / n;
  if (!(variance > 0)) return absent("the returns do not vary");
  const scale = Math.sqrt(variance);
  const x = returns.map((value) => (value - centre) / scale);

  let state: State = { means: [0, 0], variances: [0.5, 2.5], stays: [0.97, 0.9], first: [0.75, 0.25] };
  const work = workspace(n);
  let before = -Infinity;
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration += 1) {
    const logLikelihood = expect(x, state, work);
    if (!Number.isFinite(logLikelihood)) break;
    if (logLikelihood - before < TOLERANCE * n) return conclude(state, work, logLikelihood, centre, scale);
    before = logLikelihood;
    state = maximise(x, work);
    if (Math.min(...state.variances) < CALMEST ** 2)
      return absent("one of its two states shrinks to a few equal returns");
  }
  return absent("expectation maximisation did not converge");
}

type Pair = readonly [calm: number, wild: number];

interface State {
  readonly means: Pair;
  readonly variances: Pair;
  readonly stays: Pair;
  readonly first: Pair;
}

interface Workspace {
  /** By entry: filtered probability of the wild state, its predicted one, densities of both states, the scale. */
  readonly filtered: Column;
  readonly calmDensity: Column;
  readonly wildDensity: Column;
  readonly scale: Column;
  /** Smoothed probability of the wild state, and of calm-calm and wild-wild with the next entry. */
  readonly smoothed: Column;
  readonly calmCalm: Column;
  readonly wildWild: Column;
}

function workspace(n: number): Workspace {
  const column = (): Column => new Float64Array(n);
  return {
    filtered: column(),
    calmDensity: column(),
    wildDensity: column(),
    scale: column(),
    smoothed: column(),
    calmCalm: column(),
    wildWild: column(),
  };
}

/** Fills the workspace. @returns the log likelihood */
function expect(x: Column, { means, variances, stays, first }: State, work: Workspace): number {
  const n = x.length;
  const [calmStays, wildStays] = stays;
  const calmHeight = 1 / Math.sqrt(2 * Math.PI * variances[0]);
  const wildHeight = 1 / Math.sqrt(2 * Math.PI * variances[1]);
  let logLikelihood = 0;
  let wild = first[1];
  for (let t = 0; t < n; t += 1) {
    const value = x[t] ?? NaN;
    const calmDensity = calmHeight * Math.exp(-((value - means[0]) ** 2) / (2 * variances[0]));
    const wildDensity = wildHeight * Math.exp(-((value - means[1]) ** 2) / (2 * variances[1]));
    if (t > 0) wild = (1 - wild) * (1 - calmStays) + wild * wildStays;
    const total = (1 - wild) * calmDensity + wild * wildDensity;
    wild = (wild * wildDensity) / total;
    work.calmDensity[t] = calmDensity;
    work.wildDensity[t] = wildDensity;
    work.filtered[t] = wild;
    work.scale[t] = total;
    logLikelihood += Math.log(total);
  }
  // Backward, each entry's pair scaled by the same totals.
  let calmBack = 1;
  let wildBack = 1;
  work.smoothed[n - 1] = wild;
  for (let t = n - 2; t >= 0; t -= 1) {
    const total = work.scale[t + 1] ?? NaN;
    const calmNext = ((work.calmDensity[t + 1] ?? NaN) * calmBack) / total;
    const wildNext = ((work.wildDensity[t + 1] ?? NaN) * wildBack) / total;
    const filtered = work.filtered[t] ?? NaN;
    work.calmCalm[t] = (1 - filtered) * calmStays * calmNext;
    work.wildWild[t] = filtered * wildStays * wildNext;
    calmBack = calmStays * calmNext + (1 - calmStays) * wildNext;
    wildBack = (1 - wildStays) * calmNext + wildStays * wildNext;
    work.smoothed[t] = filtered * wildBack;
  }
  return logLikelihood;
}

function maximise(x: Column, { smoothed, calmCalm, wildWild }: Workspace): State {
  const n = x.length;
  let wild = 0;
  let calmSum = 0;
  let wildSum = 0;
  let calmStays = 0;
  let wildStays = 0;
  for (let t = 0; t < n; t += 1) {
    const p = smoothed[t] ?? NaN;
    const value = x[t] ?? NaN;
    wild += p;
    calmSum += (1 - p) * value;
    wildSum += p * value;
    if (t === n - 1) break;
    calmStays += calmCalm[t] ?? NaN;
    wildStays += wildWild[t] ?? NaN;
  }
  const means: Pair = [calmSum / (n - wild), wildSum / wild];
  let calmSquares = 0;
  let wildSquares = 0;
  for (let t = 0; t < n; t += 1) {
    const p = smoothed[t] ?? NaN;
    const value = x[t] ?? NaN;
    calmSquares += (1 - p) * (value - means[0]) ** 2;
    wildSquares += p * (value - means[1]) ** 2;
  }
  const lastWild = smoothed[n - 1] ?? NaN;
  const firstWild = smoothed[0] ?? NaN;
  return {
    means,
    variances: [calmSquares / (n - wild), wildSquares / wild],
    stays: [calmStays / (n - wild - (1 - lastWild)), wildStays / (wild - lastWild)],
    first: [1 - firstWild, firstWild],
  };
}

function conclude(
  { means, variances, stays }: State,
  { smoothed }: Workspace,
  logLikelihood: number,
  centre: number,
  scale: number,
): RegimeFit | Absent {
  const n = smoothed.length;
  const wildBars = smoothed.reduce((sum, p) => sum + p, 0);
  if (Math.min(wildBars, n - wildBars) < FEWEST_BARS)
    return absent(`one of its two states holds fewer than ${FEWEST_BARS} bars`);
  const regime = (i: 0 | 1): Regime => ({
    mean: centre + scale * means[i],
    deviation: scale * Math.sqrt(variances[i]),
    stays: stays[i],
  });
  const [one, other] = [regime(0), regime(1)];
  const turned = one.deviation > other.deviation;
  const [calm, wild] = turned ? [other, one] : [one, other];
  // In units of the sample's deviation, whose mean square is 1.
  const normal = -0.5 * n * (Math.log(2 * Math.PI) + 1);
  if (logLikelihood - normal < LEAST_GAIN)
    return absent("two regimes explain its returns no better than one normal distribution");
  if (wild.deviation < SAME * calm.deviation) return absent("its two states are as volatile as each other");
  return {
    calm,
    wild,
    wildness: turned ? smoothed.map((p) => 1 - p) : smoothed.slice(),
    logLikelihood: logLikelihood - n * Math.log(scale),
  };
}
