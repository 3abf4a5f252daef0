import { setImmediate as nextTurn } from "node:timers/promises";
import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { isoTime } from "../../domain/iso-time.ts";
import { judgeTrial } from "../../domain/optimize/gate.ts";
import { policyChanges } from "../../domain/optimize/policy-changes.ts";
import { proseDiff } from "../../domain/optimize/prose-diff.ts";
import type { Trial } from "../../domain/optimize/report.ts";
import { periodsPerYear } from "../../domain/risk/annualisation.ts";
import { startStep } from "../../tools/start-step.ts";
import { earlierTrials } from "../earlier-trials.ts";
import { marketHash } from "../market-hash.ts";
import {
  agentOf,
  laidOut,
  optimizerContext,
  type OptimizerServices,
  parentOf,
  promptInForce,
  whyEnded,
} from "../optimizer-context.ts";
import type { OptimizerState, OptimizerUpdate } from "../optimizer-state.ts";
import { validationOf } from "../validation-of.ts";

/** Holds the candidate against the gate, and keeps what came of it. */
export function gate(shared: OptimizerServices) {
  return async (state: OptimizerState, config: LangGraphRunnableConfig): Promise<OptimizerUpdate> => {
    const { ctx, input } = optimizerContext(shared, state, config);
    const { artifacts, prompts, clock, identity } = ctx;
    const agent = agentOf(state);
    const { candidate, best, tried } = state;
    if (candidate === null) throw new RangeError("nothing was tried");
    const number = tried.length + 1;
    const finish = startStep(ctx, "optimizer", "gate", `candidate ${number}`);
    const [market, proposal, parentProposal, own, bestSoFar, baseline, earlier, before] = await Promise.all([
      laidOut(ctx, state),
      artifacts.get("proposal", candidate.proposal),
      best === null ? Promise.resolve(promptInForce(ctx, agent)) : artifacts.get("proposal", best.proposal),
      artifacts.get("evaluation", candidate.evaluation),
      artifacts.get("evaluation", best?.evaluation ?? state.baseline),
      artifacts.get("evaluation", state.baseline),
      earlierTrials(ctx, agent, state.since),
      Promise.all(tried.map(async (one) => artifacts.get("trial", one.trial))),
    ]);
    await nextTurn();
    const { accepted, reason, sharpePerPeriod, ...judged } = judgeTrial({
      candidate: validationOf(own),
      best: validationOf(bestSoFar),
      baseline: validationOf(baseline),
      trialsEver: [
        ...earlier,
        ...before.flatMap((trial) =>
          trial.version === null ? [] : [{ sharpePerPeriod: trial.sharpePerPeriod }],
        ),
      ],
      metric: input.metric,
      budget: input.budget,
      periodsPerYear: periodsPerYear(market.dataSet.panel),
      riskFreeRate: input.settings.riskFreeRate,
      seed: ctx.seed,
    });
    const { version } = candidate;
    const parent = parentOf(ctx, state);
    const verdict: "accepted" | "rejected" = accepted ? "accepted" : "rejected";
    const trial: Trial = {
      number,
      version,
      parent,
      author: proposal.author,
      reasoning: proposal.reasoning,
      policy: { ...proposal.policy },
      policyChanges: policyChanges(bestSoFar.policies[agent], proposal.policy),
      proseDiff: proseDiff(
        { version: parent, instructions: parentProposal.instructions },
        { version, instructions: proposal.instructions },
      ),
      metrics: own.measured,
      sharpePerPeriod,
      ...judged,
      verdict,
      reason,
    };
    await prompts.record({
      agent,
      version,
      runId: identity.runId,
      market: marketHash(ctx, market, input, agent),
      at: isoTime(clock.now()),
      metric: input.metric,
      baseline: bestSoFar.measured.validation[input.metric],
      value: own.measured.validation[input.metric],
      sharpePerPeriod,
      pValue: trial.pValue,
      deflatedSharpe: trial.deflatedSharpe,
      verdict,
      reason,
    });
    const next = [
      ...tried,
      { number, version, verdict, trial: await artifacts.put("trial", trial), problem: null },
    ];
    const value = own.measured.validation[input.metric] ?? -Infinity;
    return {
      candidate: null,
      ...(accepted ? { best: candidate } : {}),
      tried: next,
      endedBecause: whyEnded(input, next.length, accepted ? value : -Infinity),
      steps: [...state.steps, finish({ by: null, summary: `${verdict}: ${reason}` })],
    };
  };
}
