import type { ProofOptions } from "../domain/backtest/proof/prove.ts";
import type { Proof } from "../domain/backtest/proof/report.ts";
import { inTurns } from "./in-turns.ts";
import type { ToolContext } from "./tool.ts";

/** Proves a backtest, and tells how far it is. */
export async function runProof(ctx: ToolContext, options: ProofOptions): Promise<Proof> {
  // Most backtests are not proven.
  const { proveBacktest } = await import("../domain/backtest/proof/prove.ts");
  return inTurns(ctx, proveBacktest(options), (progress) =>
    ctx.emit({ type: "progress", agent: "prove", ...progress }),
  );
}
