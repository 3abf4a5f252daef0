import { count, percent } from "../format.ts";
import { simpleReturns } from "../risk/returns.ts";
import { costSweep, paidBps } from "./proof/cost-sweep.ts";
import { addSweepFigures } from "./proof/sweep-figures.ts";
import { finish } from "./proof/finish.ts";
import { lagSweep } from "./proof/lag-sweep.ts";
import type { Proof, Standing } from "./proof/report.ts";
import { weighProof } from "./proof/weigh-proof.ts";
import { cellsOf, type Subject } from "./proof/subject.ts";
import { trialsSurvived } from "./proof/trials-survived.ts";
import { positions } from "./positions.ts";
import { randomSignalNull } from "./random-signal-null.ts";
import type { Metrics, Verdict } from "./report.ts";
import { sharpeProbability } from "./statistics/probabilistic-sharpe.ts";
import { sharpeRecord } from "./statistics/sharpe-record.ts";

/** Below these there is nothing to conclude from. */
const FEWEST_BARS = 60;
const FEWEST_FILLS = 20;

/** One-sided, as an edge may be looked for on either side: 5 % in all. */
const SIGNIFICANCE = 0.025;
const CONFIDENCE = 0.95;

/** Bars times symbols up to which costs and delays are swept at once; beyond, `--prove` does. */
const MOST_CELLS = 50_000;
const COSTS = [0, 1, 2, 5] as const;
const LAGS = [0, 1, 2] as const;

export interface Evidence extends Subject {
  readonly metrics: Metrics;
  /** Buy and hold of the same symbols. */
  readonly benchmark: Metrics;
  /** Where it was proven, sweeps included. */
  readonly proof?: Proof;
}

/**
 * What a backtest proves. "no evidence" unless the timing of the positions beats the random-signal null, the
 * probabilistic Sharpe ratio clears its confidence, and something is left at fills that can be had; "weak" where
 * it then is no better than buy and hold by Sharpe ratio, or gone at twice the costs or with a fill one bar later,
 * or doubtful in any other test of its proof; else "holds up". A test on one window cannot tell how many variants were tried before: the deflated Sharpe
 * ratio says how many it would survive.
 */
export function judge(evidence: Evidence): Verdict {
  const { simulation, metrics, benchmark } = evidence;
  const bars = simulation.equity.length;
  const fills = simulation.fills.length;
  const figures: Record<string, number | null> = { bars, fills };
  const differences = compare(metrics, benchmark, figures);

  const tooFew = [
    ...(bars < FEWEST_BARS ? [`${bars} bars are too few to judge by; ${FEWEST_BARS} are the least.`] : []),
    ...(fills < FEWEST_FILLS
      ? [`${fills} fills are too few to judge timing by; ${FEWEST_FILLS} are the least.`]
      : []),
    ...(simulation.ruinedRow === null ? [] : ["The equity was lost."]),
  ];
  if (tooFew.length > 0) {
    const reasons = [...tooFew, ...differences];
    if (evidence.proof !== undefined) weighProof(evidence.proof, figures, reasons);
    return { conclusion: "no evidence", reasons, figures };
  }

  const reasons: string[] = [];
  const timed = testTiming(evidence, figures, reasons);
  const confident = testSharpe(evidence, figures, reasons);
  reasons.push(...differences);
  const standings =
    evidence.proof !== undefined
      ? weighProof(evidence.proof, figures, reasons)
      : cellsOf(evidence) <= MOST_CELLS
        ? sweep(evidence, figures, reasons)
        : [];
  if (!timed || !confident || standings.includes("failed")) {
    return { conclusion: "no evidence", reasons, figures };
  }
  const better = (figures["sharpeOverBuyAndHold"] ?? 0) > 0;
  return { conclusion: better && !standings.includes("doubtful") ? "holds up" : "weak", reasons, figures };
}

type Figures = Record<string, number | null>;

/** Whether the timing beats that of random times. */
function testTiming(evidence: Evidence, figures: Figures, reasons: string[]): boolean {
  const { panel, settings, simulation, seed } = evidence;
  const rate = (paidBps(simulation) ?? 0) * 1e-4;
  const { turnover } = simulation;
  const costs = new Float64Array(turnover.length - 1);
  for (let t = 0; t < costs.length; t += 1) costs[t] = -rate * (turnover[t] ?? NaN);
  const { pValue, shifts } = randomSignalNull(positions(panel, settings, simulation), costs, seed);
  figures["pValue"] = pValue;
  figures["shifts"] = shifts;
  const timed = pValue < SIGNIFICANCE;
  reasons.push(
    `The same positions at random times did as well or better in ${percent(pValue)} of ${shifts} trials (p-value; ${timed ? "below" : "not below"} ${percent(SIGNIFICANCE)}).`,
  );
  return timed;
}

/** Whether the Sharpe ratio is above zero with confidence, and how many trials it would survive. */
function testSharpe(evidence: Evidence, figures: Figures, reasons: string[]): boolean {
  const { simulation, periodsPerYear, settings } = evidence;
  const record = sharpeRecord(simpleReturns(simulation.equity), periodsPerYear, settings.riskFreeRate);
  if ("absent" in record) {
    reasons.push(`There is no probabilistic Sharpe ratio: ${record.absent}`);
    return false;
  }
  const probability = sharpeProbability(record, 0);
  figures["probabilisticSharpe"] = probability;
  const confident = probability > CONFIDENCE;
  reasons.push(
    `The Sharpe ratio is above zero with probability ${percent(probability)} (${confident ? "above" : "not above"} ${percent(CONFIDENCE)}).`,
  );
  if (confident) {
    const { trials, ofTen } = trialsSurvived(record, CONFIDENCE);
    figures["trialsSurvived"] = trials;
    figures["deflatedSharpeOfTen"] = ofTen;
    reasons.push(
      trials === 1
        ? `Deflated, it falls below ${percent(CONFIDENCE)} once a second variant was tried (${percent(ofTen)} as the best of ten).`
        : `Deflated, it stays above ${percent(CONFIDENCE)} as the best of up to ${count(trials)} independent variants tried (${percent(ofTen)} as the best of ten).`,
    );
  }
  return confident;
}

/** Multiples of the costs and other delays: how the two tests stand. */
function sweep(evidence: Evidence, figures: Figures, reasons: string[]): Standing[] {
  const costs = finish(costSweep(evidence, COSTS, null));
  const lags = finish(lagSweep(evidence, LAGS));
  addSweepFigures(costs, lags, figures);
  reasons.push(costs.conclusion, lags.conclusion);
  return [costs.standing, lags.standing];
}

/** Adds the differences to buy and hold to the figures and puts them in words. */
function compare(metrics: Metrics, benchmark: Metrics, figures: Figures): string[] {
  const sentences: string[] = [];
  if (metrics.totalReturn !== null && benchmark.totalReturn !== null) {
    const gap = metrics.totalReturn - benchmark.totalReturn;
    figures["returnOverBuyAndHold"] = gap;
    sentences.push(
      `It returned ${percent(metrics.totalReturn)}, buy and hold of the same symbols ${percent(benchmark.totalReturn)}.`,
    );
  }
  if (metrics.sharpe !== null && benchmark.sharpe !== null) {
    figures["sharpeOverBuyAndHold"] = metrics.sharpe - benchmark.sharpe;
    sentences.push(
      `Its Sharpe ratio is ${metrics.sharpe.toFixed(2)}, that of buy and hold ${benchmark.sharpe.toFixed(2)}.`,
    );
  }
  return sentences;
}
