import { setImmediate as nextTurn } from "node:timers/promises";
import { type ProofOptions, proveBacktest } from "../domain/backtest/proof/prove.ts";
import type { Proof } from "../domain/backtest/proof/report.ts";
import type { ToolContext } from "./tool.ts";

/** How long others may have to wait for their turn. */
const PATIENCE_MS = 20;

/** Proves a backtest step by step: tells progress, lets others have their turn, and stops where the run is stopped. */
export async function runProof(ctx: ToolContext, options: ProofOptions): Promise<Proof> {
  const proof = proveBacktest(options);
  let since = performance.now();
  for (;;) {
    const { done, value } = proof.next();
    if (done === true) return value;
    ctx.emit({ type: "progress", agent: "prove", ...value });
    if (performance.now() - since < PATIENCE_MS) continue;
    await nextTurn();
    ctx.signal.throwIfAborted();
    since = performance.now();
  }
}
