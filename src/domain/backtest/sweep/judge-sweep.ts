import { z } from "zod";
import { count, counted, percent, ratio } from "../../format.ts";
import type { Column } from "../../market/column.ts";
import { sampleDeviation } from "../../risk/moments.ts";
import { isAbsent } from "../../statistic.ts";
import { independentTrials } from "../proof/independent-trials.ts";
import { overfittingOfSums } from "../proof/probability-of-overfitting.ts";
import type { Verdict } from "../report.ts";
import { deflatedSharpe } from "../statistics/deflated-sharpe.ts";
import { riskFreePerPeriod } from "../statistics/risk-free.ts";
import type { SweepResults } from "./sweep-results.ts";

/** Above it the choice is no better than a draw, below the other it carries over. */
const OVERFIT = 0.4;
const CARRIES_OVER = 0.2;
const CONFIDENCE = 0.95;

const statistic = z.number().nullable();

export const overfittingSchema = z.object({
  probability: statistic.describe(
    "That the best by Sharpe ratio in one half of the time is below the median of all in the other",
  ),
  probabilityOfLoss: statistic.describe("That it loses money in the other half"),
  blocks: z.int().nullable(),
  splits: z.int().nullable().describe("Ways of halving the time that were tried"),
  deflatedSharpe: statistic.describe(
    "Probability that the best one's Sharpe ratio is above what so many trials without skill would show",
  ),
  independentTrials: z.number().describe("What the combinations are worth as independent trials"),
  absent: z.record(z.string(), z.string()).describe("Why a figure is null"),
});

type SweepOverfitting = z.output<typeof overfittingSchema>;

export interface SweepEvidence {
  readonly results: SweepResults;
  /** Per combination and block the sum of its returns and of their squares; null: too few rows. */
  readonly sums: Column | null;
  readonly blocks: number;
  /** Returns of a combination. */
  readonly rows: number;
  readonly periodsPerYear: number;
  readonly riskFreeRate: number;
  /** The best combination, by its place, and its returns. */
  readonly best: number;
  readonly returns: Column;
}

/** How much of the best result may come from its having been chosen. */
export function measureOverfitting(evidence: SweepEvidence): SweepOverfitting {
  const { results, sums, blocks, rows } = evidence;
  const { count: trials } = results;
  const reasons: Record<string, string> = {};
  const found =
    sums === null
      ? { absent: `${count(rows)} returns are too few to cross-validate.` }
      : overfittingOfSums(
          sums,
          trials,
          blocks,
          rows,
          riskFreePerPeriod(evidence.riskFreeRate, evidence.periodsPerYear),
        );
  if ("absent" in found) reasons["probability"] = found.absent;

  const year = Math.sqrt(evidence.periodsPerYear);
  const ratios = Float64Array.from({ length: trials }, (_, k) => {
    const sharpe = results.figure(k, "sharpe") / year;
    return Number.isNaN(sharpe) ? 0 : sharpe;
  });
  const independent = sums === null ? trials : independentTrials(blockReturns(sums, trials, blocks));
  const deviation = trials > 1 ? sampleDeviation(ratios) : 0;
  const deflated = deflatedSharpe(evidence.returns, evidence.periodsPerYear, evidence.riskFreeRate, {
    count: independent,
    deviation,
  });
  if (isAbsent(deflated)) reasons["deflatedSharpe"] = deflated.absent;
  return {
    probability: "absent" in found ? null : found.probability,
    probabilityOfLoss: "absent" in found ? null : found.probabilityOfLoss,
    blocks: "absent" in found ? null : found.blocks,
    splits: "absent" in found ? null : found.combinations,
    deflatedSharpe: isAbsent(deflated) ? null : deflated,
    independentTrials: independent,
    absent: reasons,
  };
}

/** The returns of each combination by block: coarse, but enough to see how alike combinations are. */
function blockReturns(sums: Column, trials: number, blocks: number): Column[] {
  return Array.from({ length: trials }, (_, k) =>
    Float64Array.from({ length: blocks }, (_one, block) => sums[2 * (k * blocks + block)] ?? NaN),
  );
}

const CONCLUSIONS: readonly Verdict["conclusion"][] = ["no evidence", "weak", "holds up"];

/**
 * What a sweep shows, in words: never more than the best shows by itself, as a backtest of its own. "no evidence"
 * where the choice does not carry over from one half of the time to
 * the other, or the best is not above what luck would show with 95 % confidence; "holds up" where the choice clearly
 * carries over and the neighbours of the best do no worse than half as well; else "weak".
 */
export function judgeSweep(
  { results, best }: SweepEvidence,
  overfitting: SweepOverfitting,
  own: Verdict,
): Verdict {
  const { probability, probabilityOfLoss, deflatedSharpe: deflated, independentTrials: worth } = overfitting;
  const tried = count(results.count);
  const value = results.value(best);
  const around = results.neighbourMedian(best);
  const reasons: string[] = [];
  if (probability === null) {
    reasons.push(`There is no probability of overfitting: ${overfitting.absent["probability"] ?? ""}`);
  } else {
    reasons.push(
      `Chosen by its Sharpe ratio in one half of the time, the best of ${tried} combinations was below the median of all in the other half with probability ${percent(probability, 0)} (50% is a draw) and lost money there with probability ${percent(probabilityOfLoss, 0)}.`,
    );
  }
  if (deflated === null) {
    reasons.push(`There is no deflated Sharpe ratio: ${overfitting.absent["deflatedSharpe"] ?? ""}`);
  } else {
    reasons.push(
      `The ${tried} combinations are worth ${counted(Math.round(worth), "independent trial")}; the Sharpe ratio of the best is above what so many would show by luck with probability ${percent(deflated)} (${deflated > CONFIDENCE ? "above" : "not above"} ${percent(CONFIDENCE, 0)}).`,
    );
  }
  const alone = !Number.isNaN(around) && results.better(around, value / 2) < 0;
  if (!Number.isNaN(around) && Number.isFinite(value)) {
    const median = Number.isFinite(around)
      ? `a median of ${ratio(around)} among`
      : "the total loss of most of";
    reasons.push(
      alone
        ? `The best stands alone: ${ratio(value)} against ${median} its neighbours.`
        : `The best stands among its like: ${ratio(value)}, and ${median} its neighbours.`,
    );
  }
  const lost = results.countOf((k) => results.lost(k));
  if (lost > 0) reasons.push(`${count(lost)} of the combinations lost everything.`);
  const figures = { probabilityOfOverfitting: probability, deflatedSharpe: deflated, best: nullable(value) };
  reasons.push(
    `By itself, as if it had been the only one, the best gets "${own.conclusion}":`,
    ...own.reasons,
  );
  const chosen = ofChoice();
  const least = Math.min(CONCLUSIONS.indexOf(chosen.conclusion), CONCLUSIONS.indexOf(own.conclusion));
  const conclusion = CONCLUSIONS[least] ?? "no evidence";
  const words =
    conclusion === chosen.conclusion
      ? chosen.words
      : `The choice stands its tests, but the best gets no more than "${own.conclusion}" by itself.`;
  return { conclusion, reasons: [words, ...reasons], figures };

  function ofChoice(): { conclusion: Verdict["conclusion"]; words: string } {
    if (probability === null || deflated === null || probability > OVERFIT || deflated <= CONFIDENCE) {
      const words = "Nothing is shown: the best of so many tries can look like this without any skill.";
      return { conclusion: "no evidence", words };
    }
    if (probability < CARRIES_OVER && !alone) {
      const words =
        "The choice carries over from one half of the time to the other, and the best is above what luck would show.";
      return { conclusion: "holds up", words };
    }
    return { conclusion: "weak", words: "Something is there, but not enough to rely on the choice." };
  }
}

function nullable(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
