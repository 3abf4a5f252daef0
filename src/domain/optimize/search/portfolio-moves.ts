import { type PortfolioPolicy, WEIGHTING_METHODS } from "../../policy/portfolio.ts";
import type { Random } from "../../random.ts";
import { type Moves, pick, rounded } from "./moves.ts";

type Step = (from: PortfolioPolicy, base: PortfolioPolicy, random: Random) => PortfolioPolicy;

const STEPS = [
  (from, _base, random) => ({ ...from, method: pick(WEIGHTING_METHODS, random) }),
  (from, _base, random) => ({ ...from, lookbackBars: pick([42, 63, 126, 252], random) }),
  (from, _base, random) => ({ ...from, maxNames: pick([3, 4, 5, 7, 10, 15], random) }),
  (from, _base, random) => ({ ...from, rebalanceBars: pick([5, 10, 21, 42, 63], random) }),
  (from, _base, random) => ({ ...from, minTrade: pick([0, 0.01, 0.02, 0.05], random) }),
  (from, _base, random) => ({ ...from, informationCoefficient: pick([0.02, 0.05, 0.1], random) }),
  (from, base, random) => ({ ...from, maxWeight: rounded(base.maxWeight * pick([1, 0.75, 0.5], random)) }),
  (from, base, random) => ({ ...from, maxTurnover: rounded(base.maxTurnover * pick([1, 0.5], random)) }),
] as const satisfies readonly Step[];

/** Moves through portfolio policies whose limits are at most those of the base; a far one is three steps from it. */
export const portfolioMoves: Moves<PortfolioPolicy> = {
  far: (base, random) => step(step(step(base, base, random), base, random), base, random),
  near: step,
};

function step(from: PortfolioPolicy, base: PortfolioPolicy, random: Random): PortfolioPolicy {
  return pick<Step>(STEPS, random)(from, base, random);
}
