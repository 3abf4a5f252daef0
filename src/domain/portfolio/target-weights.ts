import { Matrix } from "ml-matrix";
import type { Signal } from "../alpha/report.ts";
import { at } from "../market/column.ts";
import type { PortfolioPolicy } from "../policy/portfolio.ts";
import { percent } from "../risk/percent.ts";
import { type RiskEstimate, volatilities } from "./estimate.ts";
import type { PortfolioRules } from "./rules.ts";
import type { Weights } from "./trade-limits.ts";
import { weigh } from "./weigh.ts";

const ROUNDING = 1e-9;

/**
 * Weights that the method gives the chosen names, scaled to the exposure. The policy's cap holds for shares of what is
 * invested, so that the mix does not depend on the exposure; it is void where fewer names are chosen than fill a portfolio at it,
 * since it would then decide the weights in the method's place. The person's cap holds for equity and is hard: what it leaves over stays cash. A name with a short
 * signal is weighed as the asset that earns the opposite of its returns.
 */
export function targetWeights(
  chosen: readonly Signal[],
  estimate: RiskEstimate,
  options: {
    readonly policy: PortfolioPolicy;
    readonly rules: PortfolioRules;
    readonly exposure: number;
  },
): { weights: Weights; limits: string[] } {
  const { policy, rules, exposure } = options;
  const n = chosen.length;
  if (n === 0 || exposure <= 0) return { weights: {}, limits: [] };

  const signs = Float64Array.from(chosen, (signal) => (signal.direction === "short" ? -1 : 1));
  const flip = Matrix.diag(Array.from(signs));
  const deviations = volatilities(estimate);
  const excess = Float64Array.from(
    chosen,
    (signal, i) => policy.informationCoefficient * at(deviations, i) * Math.abs(signal.score),
  );
  const filled = n * rules.maxWeight >= 1;
  const policyCap = filled ? rules.maxWeight : 1;
  const hardCap = rules.hardCap / exposure;
  const cap = Math.min(policyCap, hardCap);
  const shares = weigh(policy.method, { covariance: flip.mmul(estimate.covariance).mmul(flip), excess, cap });
  const invested = exposure * Math.min(1, n * cap);
  const weights = Object.fromEntries(
    chosen.map((signal, i) => [signal.symbol, at(signs, i) * at(shares, i) * invested]),
  );
  return { weights, limits: capWords() };

  function capWords(): string[] {
    if (n * cap < 1 - ROUNDING) {
      return [
        `At most ${percent(rules.hardCap)} per name lets ${n} names take ${percent(invested)}; the rest stays cash.`,
      ];
    }
    const atCap = chosen.filter((_, i) => n > 1 && at(shares, i) >= cap - ROUNDING);
    if (!filled && n > 1 && cap === policyCap) {
      return [
        `The policy's cap of ${percent(rules.maxWeight)} per name does not hold: ${n} names cannot fill a portfolio at it.`,
      ];
    }
    if (atCap.length === 0) return [];
    const of =
      cap === hardCap ? `${percent(rules.hardCap)} of equity` : `${percent(cap)} of what is invested`;
    return [`The cap per name of ${of} binds for ${atCap.map((signal) => signal.symbol).join(", ")}.`];
  }
}
