import type { Signal } from "../alpha/report.ts";
import type { Constraints } from "../policy/constraints.ts";
import { exposureOutlook } from "../risk/outlook.ts";
import type { RiskReport } from "../risk/report.ts";
import { byScore, type Candidates } from "./candidates.ts";
import type { PortfolioRules } from "./rules.ts";
import { formatScore } from "./format-score.ts";

/** Of many names that could enter, the nearest. */
const NEAREST = 5;

/** What would change the portfolio, in sentences with the figures: exposure, who would enter, who would leave. */
export function wouldChange(options: {
  readonly candidates: Candidates;
  readonly held: readonly Signal[];
  readonly signals: readonly Signal[];
  readonly rules: PortfolioRules;
  readonly constraints: Constraints;
  /** Size of a score from which on a signal speaks. */
  readonly threshold: number;
  readonly risk: RiskReport;
}): string[] {
  const { candidates, held, signals, rules, threshold, risk } = options;
  const weakest = byScore(held).at(-1);
  const because = new Map(candidates.excluded.map((one) => [one.symbol, one.because]));
  // With shorts a strong score of either sign enters; long only, the highest scores are the nearest.
  const nearness = (signal: Signal): number => (rules.longOnly ? signal.score : Math.abs(signal.score));
  const entrants = byScore(signals)
    .sort((a, b) => nearness(b) - nearness(a))
    .flatMap((signal) => {
      const reason = because.get(signal.symbol);
      if (reason === "direction") return [entersByScore(signal, rules, threshold)];
      if (reason === "rank") {
        const bar = byScore(candidates.chosen).at(-1);
        return bar === undefined ? [] : [entersByRank(signal, bar)];
      }
      return [];
    });
  return [
    ...exposureOutlook(risk, options.constraints),
    ...entrants.slice(0, NEAREST),
    ...(weakest === undefined ? [] : [leaves(weakest, threshold)]),
  ];
}

function entersByScore(signal: Signal, rules: PortfolioRules, threshold: number): string {
  const now = `now ${formatScore(signal.score)}`;
  const short = rules.longOnly ? "" : ` or falls to ${formatScore(-threshold)}`;
  return `${signal.symbol} enters when its score rises to ${formatScore(threshold)}${short} (${now}).`;
}

function entersByRank(signal: Signal, bar: Signal): string {
  const size = formatScore(Math.abs(signal.score));
  return `${signal.symbol} enters when the size of its score (now ${size}) passes the ${formatScore(Math.abs(bar.score))} of ${bar.symbol}, the weakest chosen.`;
}

function leaves(signal: Signal, threshold: number): string {
  const now = `now ${formatScore(signal.score)}`;
  return signal.score >= 0
    ? `${signal.symbol} leaves when its score falls below ${formatScore(threshold)} (${now}).`
    : `${signal.symbol} leaves when its score rises above ${formatScore(-threshold)} (${now}).`;
}
