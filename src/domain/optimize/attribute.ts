import type { DataSet } from "../market/data-set.ts";
import type { Policies } from "../policy/policies.ts";
import { DECIDING_AGENTS } from "../prompt/deciding-agents.ts";
import { periodsPerYear } from "../risk/annualisation.ts";
import { certaintyEquivalent } from "./certainty-equivalent.ts";
import { evaluateSpans } from "./evaluate.ts";
import type { EvaluateOptions } from "./evaluation.ts";
import type { RowSpan } from "./folds.ts";
import type { Contribution } from "./report.ts";
import { standInsFor } from "./stand-ins.ts";

export interface AttributeOptions extends EvaluateOptions {
  /** The policies of the base prompts. */
  readonly base: Policies;
}

/**
 * What each agent adds on the training spans: the team's figures less those of the team with a neutral stand-in in its place
 * (stand-ins.ts). The one that costs most comes first, by the certainty equivalent, which weighs return
 * against risk; of equal ones the first in the order of the pipeline.
 *
 * One agent is replaced at a time, so what two do only together counts for both, and contributions need not add up to the
 * whole. A positive one says that the policy did better than knowing nothing, on these spans and beside these colleagues; it is no
 * test, and chance decides between agents that are near each other. A stand-in for risk shows what changing the exposure
 * with the market adds, not whether its mean suits a person; one for portfolio shows what weights and caps
 * add among the names with a positive signal, and nothing of short positions.
 */
export function attribute(
  dataSet: DataSet,
  trainSpans: readonly RowSpan[],
  policies: Policies,
  { base, ...options }: AttributeOptions,
): Contribution[] {
  const year = periodsPerYear(dataSet.panel);
  const whole = evaluateSpans(dataSet, trainSpans, policies, options).joined;
  const contributions = DECIDING_AGENTS.map((agent): Contribution => {
    const teams = standInsFor(agent, policies, base, dataSet.panel.symbols).map((standIn) => {
      const factors = new Map([
        ...(options.factors ?? []),
        ...standIn.factors.map((factor) => [factor.name, factor] as const),
      ]);
      const { joined } = evaluateSpans(dataSet, trainSpans, standIn.policies, { ...options, factors });
      return { standIn, joined, worth: certaintyEquivalent(joined.returns, year) };
    });
    const middle = teams.toSorted((one, other) => one.worth - other.worth)[teams.length >> 1];
    if (middle === undefined) throw new RangeError(`nobody stands in for ${agent}`);
    const { standIn, joined: without, worth } = middle;
    const less = (read: "annualReturn" | "volatility" | "sharpe" | "maxDrawdown"): number | null => {
      const [one, other] = [whole.figures[read], without.figures[read]];
      return one === null || other === null ? null : one - other;
    };
    return {
      agent,
      standIn: standIn.says,
      without: without.figures,
      certaintyEquivalent: certaintyEquivalent(whole.returns, year) - worth,
      annualReturn: less("annualReturn"),
      volatility: less("volatility"),
      sharpe: less("sharpe"),
      maxDrawdown: less("maxDrawdown"),
    };
  });
  return contributions.sort((a, b) => a.certaintyEquivalent - b.certaintyEquivalent);
}
