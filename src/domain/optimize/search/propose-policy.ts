import type { Factor } from "../../alpha/factor.ts";
import { FACTORS } from "../../alpha/factors.ts";
import { percent, ratio } from "../../format.ts";
import { canonicalJson } from "../../hash.ts";
import { type Policies, policiesSchema } from "../../policy/policies.ts";
import type { DecidingAgent } from "../../prompt/deciding-agents.ts";
import type { Random } from "../../random.ts";
import { limitProblems } from "../limits.ts";
import type { OptimizeMetric } from "../metric-names.ts";
import { alphaMoves } from "./alpha-moves.ts";
import { portfolioMoves } from "./portfolio-moves.ts";
import { riskMoves } from "./risk-moves.ts";
import type { Moves } from "./moves.ts";

/** Policies that one proposal probes: far from what is known, and then near the best of those and the current one. */
const FAR = 16;
const NEAR = 16;

/** At most so many policies are probed for one proposal, the current one included. */
export const PROBES = 1 + FAR + NEAR;

/** Draws for one policy that is neither tried nor probed; a small space runs dry. */
const DRAWS = 20;

export interface PolicySearch<A extends DecidingAgent> {
  readonly agent: A;
  /** Of the version that is rewritten. */
  readonly current: Policies[A];
  /** Of the base prompt, whose limits hold. */
  readonly base: Policies[A];
  readonly metric: OptimizeMetric;
  /** The metric on the training spans; null where it has no value. */
  readonly probe: (policy: Policies[A]) => Promise<number | null>;
  /** Not proposed again, with what was probed for them where that is known. */
  readonly tried: readonly { readonly policy: Policies[A]; readonly score: number | null }[];
  /** Beside the built-in factors. */
  readonly factors?: ReadonlyMap<string, Factor>;
  readonly random: Random;
}

export interface ProposedPolicy<A extends DecidingAgent> {
  readonly policy: Policies[A];
  readonly reasoning: string;
  /** How many policies were probed on the training spans. */
  readonly probed: number;
}

interface Probed<P> {
  readonly policy: P;
  readonly score: number;
}

/**
 * The best policy, by the metric on the training spans, of some tens that a seeded search probes: half of them anywhere in
 * the agent's space, half a step or more from the best by then; where the gate has rejected a policy the search begins anew
 * rather than beside it. Each fits the schema, loosens no limit of the base prompt, and does something that neither the policy in force nor those tried do: of
 * two that score alike to the last digit the second is passed over. The best of so many is partly luck; whether it holds
 * on other bars is for the gate to find out. Equal arguments give an equal proposal.
 * @returns null where no such policy has a value on the training spans
 */
export async function proposePolicy<A extends DecidingAgent>(
  search: PolicySearch<A>,
): Promise<ProposedPolicy<A> | null> {
  const { agent, current, base, probe, tried, metric } = search;
  const random = search.random.fork(`proposal ${tried.length + 1}`);
  const moves = movesOf(agent, search.factors);
  const seen = new Set<string>();
  const own = await look(current);
  for (const { policy } of tried) seen.add(canonicalJson(policy));
  const known = [own?.score, ...tried.map(({ score }) => score)].filter((score) => typeof score === "number");
  const found: Probed<Policies[A]>[] = [];
  const seenBefore = seen.size;
  for (let i = 0; i < FAR; i++) await lookAtNew(() => moves.far(base, random));
  for (let i = 0; i < NEAR; i++) {
    const start = best([...(own === null ? [] : [own]), ...found])?.policy ?? current;
    await lookAtNew(() => moves.near(start, base, random));
  }
  const proposed = best(found);
  if (proposed === undefined) return null;
  const probed = seen.size - seenBefore;
  const figure = FORMATS[metric];
  const most = known.every((score) => score < proposed.score) ? "of all so far" : "that was not tried yet";
  return {
    policy: proposed.policy,
    probed,
    reasoning: `A seeded search probed ${probed} policies on the training spans. This one has a ${NAMES[metric]} of ${figure(proposed.score)} there, the best ${most}; that which it rewrites has ${own === null ? "none" : figure(own.score)}.`,
  };

  async function look(policy: Policies[A]): Promise<Probed<Policies[A]> | null> {
    seen.add(canonicalJson(policy));
    const score = await probe(policy);
    return score === null ? null : { policy, score };
  }

  async function lookAtNew(draw: () => Policies[A]): Promise<void> {
    for (let i = 0; i < DRAWS; i++) {
      const policy = draw();
      if (seen.has(canonicalJson(policy)) || !permitted(agent, policy, base)) continue;
      const one = await look(policy);
      if (one !== null && known.every((score) => score !== one.score)) found.push(one);
      return;
    }
  }
}

const NAMES: Readonly<Record<OptimizeMetric, string>> = {
  sharpe: "Sharpe ratio",
  sortino: "Sortino ratio",
  calmar: "Calmar ratio",
  annualReturn: "return per year",
  maxDrawdown: "maximum drawdown",
};

const FORMATS: Readonly<Record<OptimizeMetric, (value: number) => string>> = {
  sharpe: ratio,
  sortino: ratio,
  calmar: ratio,
  annualReturn: percent,
  maxDrawdown: percent,
};

function movesOf<A extends DecidingAgent>(
  agent: A,
  factors: ReadonlyMap<string, Factor> = new Map(),
): Moves<Policies[A]> {
  const moves: { readonly [K in DecidingAgent]: Moves<Policies[K]> } = {
    alpha: alphaMoves([...FACTORS.keys(), ...factors.keys()]),
    risk: riskMoves,
    portfolio: portfolioMoves,
  };
  return moves[agent];
}

function permitted<A extends DecidingAgent>(agent: A, policy: Policies[A], base: Policies[A]): boolean {
  return (
    policiesSchema.shape[agent].safeParse(policy).success && limitProblems(agent, policy, base).length === 0
  );
}

/** The first of the best. */
function best<P>(known: readonly Probed<P>[]): Probed<P> | undefined {
  return known.reduce<Probed<P> | undefined>(
    (found, one) => (found === undefined || one.score > found.score ? one : found),
    undefined,
  );
}
