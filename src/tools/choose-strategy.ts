import { z } from "zod";
import type { Strategy } from "../domain/backtest/strategy.ts";
import { findStrategy, parseParams } from "../domain/backtest/strategies/strategies.ts";
import type { DataSet } from "../domain/market/data-set.ts";
import { type AgentsStrategy, agentsStrategy } from "../domain/policy/agents-strategy.ts";
import type { Constraints } from "../domain/policy/constraints.ts";
import type { ToolContext } from "./tool.ts";

export const strategyChoiceSchema = z.object({
  name: z.string().min(1).describe("A named strategy, e.g. sma-cross, buy-and-hold, equal-weight"),
  params: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).default({}),
});

type StrategyChoice = z.output<typeof strategyChoiceSchema>;

interface ChosenStrategy {
  readonly strategy: Strategy | AgentsStrategy;
  /** Parsed, with the defaults of those that were not given. */
  readonly params: Record<string, unknown>;
}

/**
 * The strategy of a name and its parameters.
 * @throws FinAgentError UNKNOWN_STRATEGY with near names, BAD_ARGUMENT naming the parameter that is wrong
 */
export function chooseStrategy(
  ctx: ToolContext,
  dataSet: DataSet,
  { name, params }: StrategyChoice,
  constraints: Constraints = {},
): ChosenStrategy {
  const strategy = strategyNamed(ctx, dataSet, name, constraints);
  return { strategy, params: parseParams(strategy, params) };
}

/**
 * The program's own strategies, the built-in ones, and `agents`, by name.
 * @throws FinAgentError UNKNOWN_STRATEGY with near names
 */
export function strategyNamed(
  { policies, factors, strategies }: ToolContext,
  dataSet: DataSet,
  name: string,
  constraints: Constraints = {},
): Strategy {
  const agents = agentsStrategy(dataSet, { policies, constraints, factors });
  return findStrategy(name, new Map<string, Strategy>([...strategies, [agents.name, agents]]));
}
