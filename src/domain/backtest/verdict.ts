import type { Panel } from "../market/panel.ts";
import { simpleReturns } from "../risk/returns.ts";
import { isAbsent } from "../statistic.ts";
import { positions } from "./positions.ts";
import { randomSignalNull } from "./random-signal-null.ts";
import type { Metrics, Verdict } from "./report.ts";
import type { BacktestSettings } from "./settings.ts";
import type { Simulation } from "./simulation.ts";
import { probabilisticSharpe } from "./statistics/probabilistic-sharpe.ts";

/** Below these there is nothing to conclude from. */
const FEWEST_BARS = 60;
const FEWEST_FILLS = 20;

/** One-sided, as an edge may be looked for on either side: 5 % in all. */
const SIGNIFICANCE = 0.025;
const CONFIDENCE = 0.95;

export interface Evidence {
  readonly panel: Panel;
  readonly settings: BacktestSettings;
  readonly simulation: Simulation;
  readonly metrics: Metrics;
  /** Buy and hold of the same symbols. */
  readonly benchmark: Metrics;
  readonly periodsPerYear: number;
  readonly seed: number;
}

/**
 * What a backtest proves. "no evidence" unless the timing of the positions beats the random-signal null and
 * the probabilistic Sharpe ratio clears its confidence; "weak" where it then is no better than buy and hold
 * by Sharpe ratio; else "holds up". A test on one window cannot tell how many variants were tried before.
 */
export function judge(evidence: Evidence): Verdict {
  const { simulation, metrics, benchmark, periodsPerYear, settings } = evidence;
  const bars = simulation.equity.length;
  const fills = simulation.fills.length;
  const figures: Record<string, number> = { bars, fills };
  const differences = compare(metrics, benchmark, figures);

  const tooFew = [
    ...(bars < FEWEST_BARS ? [`${bars} bars are too few to judge by; ${FEWEST_BARS} are the least.`] : []),
    ...(fills < FEWEST_FILLS
      ? [`${fills} fills are too few to judge timing by; ${FEWEST_FILLS} are the least.`]
      : []),
    ...(simulation.ruinedRow === null ? [] : ["The equity was lost."]),
  ];
  if (tooFew.length > 0) return { conclusion: "no evidence", reasons: [...tooFew, ...differences], figures };

  const rate = settings.commission + settings.slippageBps * 1e-4;
  const costs = simulation.turnover.map((traded) => -traded * rate).subarray(0, bars - 1);
  const { pValue, shifts } = randomSignalNull(
    positions(evidence.panel, settings, simulation),
    costs,
    evidence.seed,
  );
  figures["pValue"] = pValue;
  figures["shifts"] = shifts;
  const timed = pValue < SIGNIFICANCE;
  const reasons = [
    `The same positions at random times did as well or better in ${percent(pValue)} of ${shifts} trials (p-value; ${timed ? "below" : "not below"} ${percent(SIGNIFICANCE)}).`,
  ];

  const probability = probabilisticSharpe(
    simpleReturns(simulation.equity),
    periodsPerYear,
    settings.riskFreeRate,
  );
  let confident = false;
  if (isAbsent(probability)) {
    reasons.push(`There is no probabilistic Sharpe ratio: ${probability.absent}`);
  } else {
    figures["probabilisticSharpe"] = probability;
    confident = probability > CONFIDENCE;
    reasons.push(
      `The Sharpe ratio is above zero with probability ${percent(probability)} (${confident ? "above" : "not above"} ${percent(CONFIDENCE)}).`,
    );
  }
  reasons.push(...differences);

  if (!timed || !confident) return { conclusion: "no evidence", reasons, figures };
  const better = (figures["sharpeOverBuyAndHold"] ?? 0) > 0;
  return { conclusion: better ? "holds up" : "weak", reasons, figures };
}

/** Adds the differences to buy and hold to the figures and puts them in words. */
function compare(metrics: Metrics, benchmark: Metrics, figures: Record<string, number>): string[] {
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

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)}%`;
}
