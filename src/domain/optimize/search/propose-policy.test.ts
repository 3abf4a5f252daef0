import { describe, expect, it, vi } from "vitest";
import { plantedDataSet } from "../../../../tests/support/planted-market.ts";
import { alphaPrompt } from "../../../prompts/alpha.ts";
import { portfolioPrompt } from "../../../prompts/portfolio.ts";
import { riskPrompt } from "../../../prompts/risk.ts";
import { backtestSettingsSchema } from "../../backtest/settings.ts";
import { canonicalJson } from "../../hash.ts";
import type { AlphaPolicy } from "../../policy/alpha.ts";
import { type Policies, policiesSchema } from "../../policy/policies.ts";
import { DECIDING_AGENTS, type DecidingAgent } from "../../prompt/deciding-agents.ts";
import { randomFrom } from "../../random.ts";
import { evaluateSpans } from "../evaluate.ts";
import { layFolds } from "../folds.ts";
import { limitProblems } from "../limits.ts";
import { type PolicySearch, proposePolicy } from "./propose-policy.ts";

const BASE: Policies = {
  alpha: alphaPrompt.policy,
  risk: riskPrompt.policy,
  portfolio: portfolioPrompt.policy,
};

/** A score without a market: any function of the policy will do. */
const byText = async (policy: unknown): Promise<number> =>
  randomFrom(1).fork(canonicalJson(policy)).uniform();

function searchOf<A extends DecidingAgent>(
  agent: A,
  changes: Partial<PolicySearch<A>> = {},
): PolicySearch<A> {
  return {
    agent,
    current: BASE[agent],
    base: BASE[agent],
    metric: "sharpe",
    probe: byText,
    tried: [],
    random: randomFrom(1),
    ...changes,
  };
}

async function proposals<A extends DecidingAgent>(
  search: PolicySearch<A>,
  count: number,
): Promise<Policies[A][]> {
  const tried: { policy: Policies[A]; score: null }[] = [];
  while (tried.length < count) {
    const found = await proposePolicy({ ...search, tried });
    if (found === null) break;
    tried.push({ policy: found.policy, score: null });
  }
  return tried.map(({ policy }) => policy);
}

describe.each(DECIDING_AGENTS)("the search over %s policies", (agent) => {
  it("probes and proposes only what the schema and the limits of the base allow, and nothing twice", async () => {
    const probe = vi.fn(byText);
    const found = await proposals(searchOf(agent, { probe }), 12);
    expect(new Set([BASE[agent], ...found].map(canonicalJson)).size).toBe(13);
    for (const [policy] of probe.mock.calls) {
      const parsed = policiesSchema.shape[agent].parse(policy);
      expect(parsed).toEqual(policy);
      expect(limitProblems(agent, policy as Policies[typeof agent], BASE[agent])).toEqual([]);
    }
  });

  it("proposes the same for the same seed, and something else for another", async () => {
    const first = await proposePolicy(searchOf(agent));
    expect(await proposePolicy(searchOf(agent))).toEqual(first);
    const other = await proposePolicy(searchOf(agent, { random: randomFrom(2) }));
    expect(other?.policy).not.toEqual(first?.policy);
  });
});

describe("a proposal", () => {
  it("is the best of what was probed, and says so in figures of the training spans", async () => {
    const scores: number[] = [];
    const probe = async (policy: AlphaPolicy): Promise<number> => {
      scores.push(await byText(policy));
      return byText(policy);
    };
    const found = await proposePolicy(searchOf("alpha", { probe }));
    const [own = NaN, ...probed] = scores;
    expect(found?.probed).toBe(probed.length);
    expect(await byText(found?.policy)).toBe(Math.max(...probed));
    expect(found?.reasoning).toContain(
      `Sharpe ratio of ${Math.max(...probed).toFixed(2)} there, the best of all so far`,
    );
    expect(found?.reasoning).toContain(`which it rewrites has ${own.toFixed(2)}.`);
  });

  it("begins at the version that is rewritten, and not at one that was rejected", async () => {
    const own = { ...BASE.alpha, factors: [{ name: "own", lookbackBars: 17, weight: 1 }] };
    const rejected = { ...BASE.alpha, factors: [{ name: "own", lookbackBars: 19, weight: 1 }] };
    const looked: number[] = [];
    const found = await proposePolicy(
      searchOf("alpha", {
        current: own,
        tried: [{ policy: rejected, score: 9 }],
        // No far policy has a look-back of 17 or 19 bars.
        probe: async (policy) => {
          looked.push(...policy.factors.map(({ lookbackBars }) => lookbackBars));
          return (
            (await byText(policy)) / 10 +
            (policy.factors.some(({ lookbackBars }) => lookbackBars === 17) ? 1 : 0)
          );
        },
      }),
    );
    expect(found?.policy).not.toEqual(own);
    expect(found?.policy.factors.map(({ lookbackBars }) => lookbackBars)).toContain(17);
    expect(looked).not.toContain(19);
  });

  it("uses a program's own factor", async () => {
    const own = { name: "own", description: "", evaluate: () => 0, score: () => 0 };
    const found = await proposePolicy(
      searchOf("alpha", {
        factors: new Map([["own", own]]),
        probe: async (policy) =>
          (policy.factors.some(({ name }) => name === "own") ? 1 : 0) + (await byText(policy)) / 10,
      }),
    );
    expect(found?.policy.factors.map(({ name }) => name)).toContain("own");
  });

  it("is none where every policy does as that in force does, or has no value", async () => {
    expect(await proposePolicy(searchOf("risk", { probe: async () => 0.5 }))).toBeNull();
    expect(await proposePolicy(searchOf("risk", { probe: async () => null }))).toBeNull();
  });
});

it("finds an edge that is planted, by the training spans alone, on spans that it did not see", async () => {
  const options = { settings: backtestSettingsSchema.parse({}), constraints: {} };
  for (const seed of [1, 2]) {
    const dataSet = plantedDataSet(seed, { symbols: 6 });
    const { folds, holdout } = layFolds(dataSet, { folds: 4, embargoBars: 21 });
    const sharpe = (alpha: AlphaPolicy, spans: (typeof folds)[number]["train"][]): number | null =>
      evaluateSpans(dataSet, spans, { ...BASE, alpha }, options).joined.figures.sharpe;
    const train = folds.map((fold) => fold.train);
    const found = await proposePolicy(searchOf("alpha", { probe: async (policy) => sharpe(policy, train) }));
    const unseen = [...folds.map((fold) => fold.validation), holdout];
    const [before, after] = [BASE.alpha, found?.policy ?? BASE.alpha].map(
      (alpha) => sharpe(alpha, unseen) ?? NaN,
    );
    expect(after, `seed ${seed}`).toBeGreaterThan(1);
    expect((after ?? NaN) - (before ?? NaN), `seed ${seed}`).toBeGreaterThan(1);
  }
});
