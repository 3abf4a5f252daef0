import { STRATEGIES } from "../domain/backtest/strategies/strategies.ts";
import type { Strategy } from "../domain/backtest/strategy.ts";
import type { SweepJob } from "../domain/backtest/sweep/sweep-job.ts";
import { canonicalJson, contentHash } from "../domain/hash.ts";
import type { ToolContext } from "./tool.ts";

const LENGTH = 32;

/** Whether a thread can load the strategy; one that a program made in its own memory it cannot. */
export function loadable(strategy: Strategy): boolean {
  return strategy.module !== undefined || STRATEGIES.includes(strategy);
}

/**
 * The name under which a sweep's results are kept: a hash of everything that they depend on. Null where that
 * cannot be told, as of a strategy that a program made in its own memory.
 */
export function sweepName(
  ctx: ToolContext,
  { strategy: { name, module, sourceHash }, grid, settings, blocks }: SweepJob,
  strategy: Strategy,
  dataHash: string,
): string | null {
  const agents = name === "agents";
  if (!loadable(strategy) && !agents) return null;
  if (module !== undefined && sourceHash === undefined) return null;
  const parts = {
    dataHash,
    strategy: name,
    source: sourceHash ?? null,
    policies: agents ? ctx.policies : null,
    factors: agents ? [...ctx.factors.keys()] : null,
    axes: grid.axes,
    fixed: grid.fixed,
    settings,
    blocks,
    code: ctx.identity.code,
  };
  return `sweeps/${contentHash([canonicalJson(parts)]).slice(0, LENGTH)}`;
}
