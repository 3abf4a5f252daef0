import { z } from "zod";
import { findStrategy, parseParams } from "../domain/backtest/strategies/strategies.ts";
import type { Named } from "../domain/backtest/strategy.ts";
import { FinAgentError } from "../domain/errors.ts";
import { describeAgents } from "../domain/policy/agents-strategy.ts";
import { backtestInputSchema } from "../domain/run/backtest-input.ts";
import { defineTool, type ToolContext } from "./tool.ts";

/** What can be refused of a backtest before any of its data is read, for surfaces that answer before it runs. */
export const checkBacktestTool = defineTool({
  name: "check_backtest",
  description: "Check that a backtest's strategy, parameters and symbols exist and fit, without running it.",
  access: "read",
  input: backtestInputSchema,
  output: z.object({}),
  run: async (ctx, { strategy, params, symbols }) => {
    const agents = describeAgents(ctx.policies);
    const known = new Map<string, Named>([...ctx.strategies, [agents.name, agents]]);
    const found = await naming("strategy", async () => findStrategy(strategy, known));
    parseParams(found, params);
    await checkSymbols(ctx, symbols);
    return {};
  },
});

/** Asks the source itself for what it does not list: it says which names come near, and a list need not be whole. */
async function checkSymbols({ market, asOf, clock }: ToolContext, symbols: readonly string[]): Promise<void> {
  const offered = new Set((await market.list()).map(({ symbol }) => symbol));
  for (const symbol of symbols) {
    if (offered.has(symbol)) continue;
    await naming("symbols", () => market.series(symbol, asOf ?? clock.now()));
  }
}

/** An error of what a field says names the field. */
async function naming<T>(field: string, check: () => Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof FinAgentError)) throw error;
    const { code, message, hint, details } = error;
    throw new FinAgentError(code, message, {
      ...(hint === undefined ? {} : { hint }),
      details: { ...details, field },
      cause: error,
    });
  }
}
