import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { mindName } from "../../agents/mind-name.ts";
import { gateBounds } from "../../domain/optimize/gate-bounds.ts";
import { describeSpan } from "../../domain/optimize/folds.ts";
import { notImproved } from "../../domain/optimize/not-improved.ts";
import type { OptimizeReport, Trial } from "../../domain/optimize/report.ts";
import { showMetric } from "../../domain/optimize/show-metric.ts";
import type { RunEvent } from "../../domain/run/event.ts";
import { earlierTrials } from "../earlier-trials.ts";
import {
  agentOf,
  laidOut,
  optimizerContext,
  type OptimizerServices,
  versionInForce,
} from "../optimizer-context.ts";
import type { OptimizerState } from "../optimizer-state.ts";

/** A gap between what the caller took the metric to be and what it is that is worth a word. */
const GAP = 0.05;

/** Composes the optimisation's report from what its steps have kept. */
export function writeOptimizerReport(shared: OptimizerServices) {
  return async (
    state: OptimizerState,
    config: LangGraphRunnableConfig,
  ): Promise<{ report: OptimizeReport }> => {
    const { ctx, input } = optimizerContext(shared, state, config);
    const { artifacts, identity } = ctx;
    const agent = agentOf(state);
    const { holdout, promoted } = state;
    if (holdout === null) throw new RangeError("the hold-out was not looked after");
    const [{ dataSet, plan }, data, baseline, earlier, tried] = await Promise.all([
      laidOut(ctx, state),
      artifacts.get("data", state.dataReport),
      artifacts.get("evaluation", state.baseline),
      earlierTrials(ctx, agent, state.since),
      Promise.all(state.tried.map(async ({ trial }) => artifacts.get("trial", trial))),
    ]);
    const trials = tried.map((trial) => ({ ...trial, verdict: finalVerdict(trial, state) }));
    const { panel } = dataSet;
    const valid = trials.filter(({ version }) => version !== null).length;
    const parts = {
      agent,
      metric: input.metric,
      target: input.target,
      targetReached:
        (baseline.measured.validation[input.metric] ?? -Infinity) >= input.target ||
        trials.some((trial) => reached(trial, state)),
      folds: plan.folds.map(({ train, validation }, fold) => ({
        number: fold + 1,
        train: describeSpan(panel, train),
        validation: describeSpan(panel, validation),
      })),
      baseline: {
        version: versionInForce(ctx, state),
        policy: { ...baseline.policies[agent] },
        metrics: baseline.measured,
      },
      attribution: state.attribution,
      trials,
      holdout,
      promoted,
    };
    const value = baseline.measured.validation[input.metric];
    const { current } = input;
    const report: OptimizeReport = {
      ...identity,
      ...parts,
      status: "done",
      chosenBecause: state.chosenBecause,
      budget: input.budget,
      endedBecause: state.endedBecause,
      data: {
        source: data.source,
        simulated: data.simulated,
        symbols: data.symbols,
        from: data.from,
        to: data.to,
        hash: data.hash,
        findings: data.findings,
      },
      regimes: state.regimes,
      gate: gateBounds({
        budget: input.budget,
        triedBefore: earlier.length,
        tried: earlier.length + valid,
      }),
      notImproved: notImproved(parts),
      flags: [
        ...state.flags,
        ...(current !== undefined &&
        value !== null &&
        Math.abs(current - value) > GAP * Math.max(1, Math.abs(value))
          ? [
              `It was said to be ${showMetric(input.metric, current)}; on the validation spans it is ${showMetric(input.metric, value)}.`,
            ]
          : []),
        "What was tried is the policy, as the rules execute it; the prose goes with it and was not tried by a model.",
      ],
      steps: state.steps,
      usage: state.usage,
      model: mindName(shared.mind),
    };
    const event: RunEvent = { type: "optimized", report };
    config.writer?.(event);
    return { report };
  };
}

function finalVerdict(
  { version, verdict }: Trial,
  { best, holdout, promoted }: OptimizerState,
): Trial["verdict"] {
  if (version === null || version !== best?.version || verdict !== "accepted") return verdict;
  if (promoted === version) return "promoted";
  return holdout?.confirmed === false ? "not confirmed" : verdict;
}

function reached({ metrics, verdict }: Trial, { metric, target }: OptimizerState): boolean {
  if (verdict === "rejected" || verdict === "invalid" || verdict === "not confirmed") return false;
  return (metrics?.validation[metric] ?? -Infinity) >= target;
}
