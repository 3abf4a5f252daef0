import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Tinypool } from "tinypool";
import { wilson } from "../../evals/support/wilson.ts";
import { HOLDOUT_LEVEL, LEVEL } from "../../src/domain/optimize/gate-bounds.ts";
import type { Optimised } from "../optimise.ts";
import type { Assignment } from "../optimise-worker.ts";
import type { Table } from "../table.ts";

const NO_EDGE = { market: "no edge", markets: 200, budget: 8 } as const;
const PLANTED = { market: "planted", markets: 16, budget: 12 } as const;

/** How often an optimisation lets a rewrite through: on markets where none is better, and where one is. */
export async function run(): Promise<Table> {
  const none = await optimiseAll(NO_EDGE);
  const planted = await optimiseAll(PLANTED);
  const row = (
    what: string,
    outcomes: readonly Optimised[],
    key: "within" | "accepted" | "promoted",
    stated: string,
  ) => {
    const count = outcomes.filter((one) => one[key]).length;
    return [
      what,
      `${count} of ${outcomes.length}`,
      share(count / outcomes.length),
      interval(count, outcomes.length),
      stated,
    ];
  };
  return {
    title: "Promotions where there is nothing to find, and where there is",
    about: `Whole optimisations for the Sharpe ratio with the seeded search, four folds, costs included. Without an edge: ${NO_EDGE.markets} seeded markets of 6 names and 5 years, random walks with fat tails and clusters of volatility whose expected return is 0 throughout, ${NO_EDGE.budget} candidates each for the agent that costs most. Planted: ${PLANTED.markets} markets of 10 names and 8 years in which a name that lags the others for two months catches up, ${PLANTED.budget} candidates for alpha. A candidate is accepted on the validation folds when all checks of the gate let it through, and promoted when the hold-out agrees at ${share(HOLDOUT_LEVEL)}. 95% intervals are Wilson's. All of it took ${minutes(process.cpuUsage())} of processor time, on two threads.`,
    header: ["", "markets", "rate", "95% interval", "stated level"],
    rows: [
      row("no edge, a p-value within its bound", none, "within", share(LEVEL)),
      row("no edge, accepted by the whole gate", none, "accepted", share(LEVEL)),
      row("no edge, promoted after the hold-out", none, "promoted", share(LEVEL)),
      row("planted edge, accepted", planted, "accepted", ""),
      row("planted edge, promoted after the hold-out", planted, "promoted", ""),
    ],
  };
}

async function optimiseAll({
  market,
  markets,
  budget,
}: Pick<Assignment, "market" | "budget"> & { readonly markets: number }): Promise<Optimised[]> {
  const filename = fileURLToPath(new URL("../optimise-worker.ts", import.meta.url));
  const threads = Math.min(2, availableParallelism());
  const pool = new Tinypool({ filename, minThreads: threads, maxThreads: threads });
  try {
    return await Promise.all(
      Array.from({ length: markets }, async (_, k): Promise<Optimised> => {
        const assignment: Assignment = { market, seed: k + 1, budget };
        return (await pool.run(assignment)) as Optimised;
      }),
    );
  } finally {
    await pool.destroy();
  }
}

/** Of all threads of the process. */
function minutes({ user, system }: NodeJS.CpuUsage): string {
  return `${((user + system) / 60e6).toFixed(1)} minutes`;
}

function share(fraction: number): string {
  return `${(100 * fraction).toFixed(1)}%`;
}

function interval(passed: number, total: number): string {
  const found = wilson(passed, total);
  return found === null ? "" : `${share(found.low)} to ${share(found.high)}`;
}
