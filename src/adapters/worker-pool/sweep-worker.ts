import { fileURLToPath } from "node:url";
import { Tinypool } from "tinypool";
import { findStrategy } from "../../domain/backtest/strategies/strategies.ts";
import { Sweeper } from "../../domain/backtest/sweep/sweeper.ts";
import type { Stretch, SweepJob } from "../../domain/backtest/sweep/sweep-job.ts";
import { FinAgentError } from "../../domain/errors.ts";
import { loadStrategy } from "../strategy-files/load-strategy.ts";
import type { ThreadFault } from "./worker-pool.ts";

/** A thread of a sweep: it takes up the job that it is born with, and runs stretches of it. */

let sweeper: Promise<Sweeper> | undefined;

export default async function run(stretch: Stretch): Promise<ThreadFault | null> {
  try {
    const ready = await (sweeper ??= takeUp(Tinypool.workerData as SweepJob));
    ready.run(stretch);
    return null;
  } catch (error) {
    if (error instanceof FinAgentError) return error.toJSON();
    throw error;
  }
}

async function takeUp(job: SweepJob): Promise<Sweeper> {
  const { name, module, sourceHash } = job.strategy;
  if (module === undefined) return new Sweeper(job, findStrategy(name));
  const strategy = await loadStrategy(module);
  if (sourceHash === strategy.sourceHash) return new Sweeper(job, strategy);
  throw new FinAgentError(
    "BAD_STRATEGY",
    `${fileURLToPath(module)} or a file that it imports was changed meanwhile.`,
    {
      hint: "Run it again: what was found so far belongs to the file as it was.",
      details: { file: fileURLToPath(module) },
    },
  );
}
