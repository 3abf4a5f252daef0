import { proposeBySearch } from "../src/agents/optimizer/propose-by-search.ts";
import { DEFAULT_POLICIES } from "../src/agents/policies.ts";
import type { DataSet } from "../src/domain/market/data-set.ts";
import { attribute } from "../src/domain/optimize/attribute.ts";
import { evaluateSpans } from "../src/domain/optimize/evaluate.ts";
import { layFolds } from "../src/domain/optimize/folds.ts";
import { confirmOnHoldout, judgeTrial } from "../src/domain/optimize/gate.ts";
import { pValueBound } from "../src/domain/optimize/gate-bounds.ts";
import { type Policies, policiesSchema } from "../src/domain/policy/policies.ts";
import type { DecidingAgent } from "../src/domain/prompt/deciding-agents.ts";
import { pipelineSettingsSchema } from "../src/domain/run/pipeline-input.ts";
import { periodsPerYear } from "../src/domain/risk/annualisation.ts";

export interface Optimised {
  readonly agent: DecidingAgent;
  readonly trials: number;
  /** Whether any candidate's p-value was within its bound, whatever the other checks said. */
  readonly within: boolean;
  readonly accepted: boolean;
  readonly promoted: boolean;
}

const FOLDS = 4;
const SETTINGS = pipelineSettingsSchema.parse({});

/**
 * A whole optimisation for the Sharpe ratio as `finagent optimize` makes it with the seeded search, without graph, store
 * and reports: attribution, proposals from the training spans, the gate on the validation spans until the budget is spent,
 * the hold-out once.
 * @param agent default: the one that costs most
 */
export async function optimise(
  dataSet: DataSet,
  budget: number,
  seed: number,
  agent?: DecidingAgent,
): Promise<Optimised> {
  const base = DEFAULT_POLICIES;
  const options = { settings: SETTINGS, constraints: {} };
  const plan = layFolds(dataSet, { folds: FOLDS, embargoBars: base.portfolio.rebalanceBars });
  const training = plan.folds.map(({ train }) => train);
  const chosen = agent ?? attribute(dataSet, training, base, { ...options, base })[0]?.agent ?? "alpha";
  const validation = plan.folds.map((fold) => fold.validation);
  const yardstick = {
    metric: "sharpe" as const,
    periodsPerYear: periodsPerYear(dataSet.panel),
    riskFreeRate: SETTINGS.riskFreeRate,
    seed,
  };
  const validated = (policies: Policies) => evaluateSpans(dataSet, validation, policies, options).joined;
  const baseline = validated(base);
  let best = { policies: base, stretch: baseline };
  const tried: { policy: Policies[DecidingAgent]; score: number | null }[] = [];
  const trialsEver: { sharpePerPeriod: number | null }[] = [];
  let [within, accepted] = [false, false];
  for (let k = 0; k < budget; k += 1) {
    const proposal = await proposeBySearch({
      agent: chosen,
      instructions: "",
      policies: best.policies,
      base,
      tried,
      metric: yardstick.metric,
      dataSet,
      plan,
      options,
      ctx: { factors: new Map(), signal: new AbortController().signal, seed, emit: () => undefined },
    });
    if (proposal === null) break;
    const policies = policiesSchema.parse({ ...base, [chosen]: proposal.policy });
    const candidate = validated(policies);
    const judged = judgeTrial({
      ...yardstick,
      candidate,
      best: best.stretch,
      baseline,
      trialsEver,
      budget,
    });
    const { figures } = evaluateSpans(dataSet, training, policies, options).joined;
    tried.push({ policy: policies[chosen], score: figures[yardstick.metric] });
    trialsEver.push({ sharpePerPeriod: judged.sharpePerPeriod });
    within ||= judged.pValue !== null && judged.pValue <= pValueBound(budget);
    accepted ||= judged.accepted;
    if (judged.accepted) best = { policies, stretch: candidate };
  }
  const held = (policies: Policies) => evaluateSpans(dataSet, [plan.holdout], policies, options).joined;
  const promoted =
    accepted &&
    confirmOnHoldout({ ...yardstick, baseline: held(base), candidate: held(best.policies), openedBefore: 0 })
      .confirmed;
  return { agent: chosen, trials: tried.length, within, accepted, promoted };
}
