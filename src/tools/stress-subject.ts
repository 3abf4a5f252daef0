import { decide } from "../domain/backtest/decide.ts";
import { portfolioSubject, strategySubject, type Subject } from "../domain/backtest/stress/subject.ts";
import { FinAgentError } from "../domain/errors.ts";
import { last } from "../domain/market/column.ts";
import type { DataSet } from "../domain/market/data-set.ts";
import type { StressInput } from "../domain/run/stress-input.ts";
import type { StressReport } from "../domain/run/stress-report.ts";
import { chooseStrategy } from "./choose-strategy.ts";
import type { ToolContext } from "./tool.ts";

/**
 * The portfolio that is asked for, or null where a strategy is.
 * @throws FinAgentError BAD_ARGUMENT where nothing is held, or more than the account can carry
 */
export function weightsOf({ weights, settings }: StressInput): Record<string, number> | null {
  if (weights === undefined) return null;
  const values = Object.values(weights);
  const sum = values.reduce((total, weight) => total + weight, 0);
  if (values.every((weight) => weight === 0)) {
    throw new FinAgentError("BAD_ARGUMENT", "weights hold nothing.", {
      hint: "Give at least one symbol a weight other than 0.",
      details: { field: "weights" },
    });
  }
  if (sum > settings.maxLeverage + 1e-9) {
    throw new FinAgentError(
      "BAD_ARGUMENT",
      `weights sum to ${sum.toFixed(4)}; the account carries at most ${settings.maxLeverage} times its equity.`,
      {
        hint: "Lower the weights, or allow more leverage in the settings.",
        details: { field: "weights", sum, maxLeverage: settings.maxLeverage },
      },
    );
  }
  return weights;
}

/** What is put under stress, and how the report names it. */
export function subjectOf(
  ctx: ToolContext,
  dataSet: DataSet,
  { strategy: name, params: given }: StressInput,
  weights: Record<string, number> | null,
): StressReport["tested"] & { subject: Subject } {
  if (name === undefined || weights !== null) {
    const inOrder = dataSet.panel.symbols.map((symbol) => weights?.[symbol] ?? 0);
    return { name: "portfolio", params: {}, weights, subject: portfolioSubject(inOrder) };
  }
  const { strategy, params } = chooseStrategy(ctx, dataSet, { name, params: given });
  return {
    name: strategy.name,
    params,
    weights: null,
    subject: "decisions" in strategy ? agentsSubject(ctx, dataSet, given) : strategySubject(strategy, params),
  };
}

/** The agents decide within a data set: one that ends with the path, and whose index has no path is left out. */
function agentsSubject(ctx: ToolContext, dataSet: DataSet, params: StressInput["params"]): Subject {
  return {
    held: false,
    decide: (panel) => {
      const drawn = { ...dataSet, panel, to: last(panel.closeTime), benchmark: null };
      const chosen = chooseStrategy(ctx, drawn, { name: "agents", params });
      return decide(chosen.strategy, panel, chosen.params);
    },
  };
}
