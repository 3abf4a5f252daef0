import { z } from "zod";
import { parameterSchema, parametersOf } from "../domain/backtest/strategies/parameters.ts";
import { STRATEGIES, unknownStrategy } from "../domain/backtest/strategies/strategies.ts";
import type { Strategy } from "../domain/backtest/strategy.ts";
import { describeAgents } from "../domain/policy/agents-strategy.ts";
import { defineTool } from "./tool.ts";

const strategyEntrySchema = z.object({
  name: z.string(),
  description: z.string(),
  origin: z
    .enum(["built-in", "own"])
    .describe("own: of the program that runs, or of a file that it was given"),
  parameters: z.array(parameterSchema),
});

export type StrategyEntry = z.output<typeof strategyEntrySchema>;

export const listStrategiesTool = defineTool({
  name: "list_strategies",
  description: "List the strategies that can be backtested, with their parameters, defaults and bounds.",
  access: "read",
  input: z.strictObject({ strategy: z.string().min(1).optional().describe("Only this one") }),
  output: z.object({ strategies: z.array(strategyEntrySchema) }),
  run: async (ctx, { strategy }) => {
    const listed: [string, StrategyEntry][] = [
      ...[...STRATEGIES, describeAgents(ctx.policies)].map((one): [string, StrategyEntry] => [
        one.name,
        entryOf(one, "built-in"),
      ]),
      ...[...ctx.strategies].map(([called, one]): [string, StrategyEntry] => [called, entryOf(one, "own")]),
    ];
    const wanted = listed.filter(([called]) => strategy === undefined || called === strategy);
    if (strategy !== undefined && wanted.length === 0) {
      throw unknownStrategy(
        strategy,
        listed.map(([called]) => called),
      );
    }
    return { strategies: wanted.map(([, entry]) => entry) };
  },
});

function entryOf(
  { name, description, params }: Pick<Strategy, "name" | "description" | "params">,
  origin: StrategyEntry["origin"],
): StrategyEntry {
  return { name, description, origin, parameters: parametersOf(params) };
}
