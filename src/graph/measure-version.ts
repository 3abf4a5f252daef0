import { setImmediate as nextTurn } from "node:timers/promises";
import type { DataSet } from "../domain/market/data-set.ts";
import { type EvaluateOptions, evaluateSpans } from "../domain/optimize/evaluate.ts";
import type { FoldPlan } from "../domain/optimize/folds.ts";
import type { VersionEvaluation } from "../domain/optimize/version-evaluation.ts";
import type { Policies } from "../domain/policy/policies.ts";
import type { OptimizeInput } from "../domain/optimize/input.ts";
import type { ToolContext } from "../tools/tool.ts";

export interface Market {
  readonly dataSet: DataSet;
  readonly plan: FoldPlan;
}

/** Costs and constraints of an optimisation, for every figure in it. */
export function evaluateOptions(ctx: ToolContext, { settings, constraints }: OptimizeInput): EvaluateOptions {
  return { settings, constraints, factors: ctx.factors };
}

/** A team's figures on the training and the validation spans; others have a turn in between. */
export async function measureVersion(
  ctx: ToolContext,
  { dataSet, plan }: Market,
  policies: Policies,
  options: EvaluateOptions,
): Promise<VersionEvaluation> {
  const over = async (part: "train" | "validation"): Promise<ReturnType<typeof evaluateSpans>> => {
    await nextTurn();
    ctx.signal.throwIfAborted();
    return evaluateSpans(
      dataSet,
      plan.folds.map((fold) => fold[part]),
      policies,
      options,
    );
  };
  const [train, validation] = [await over("train"), await over("validation")];
  return {
    policies,
    measured: {
      train: train.joined.figures,
      validation: validation.joined.figures,
      folds: train.spans.flatMap((span, k) => {
        const other = validation.spans[k];
        return other === undefined ? [] : [{ train: span.figures, validation: other.figures }];
      }),
    },
    validationReturns: [...validation.joined.returns],
  };
}
