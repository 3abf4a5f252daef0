import { FinAgentError } from "../../src/domain/errors.ts";
import type { Runtime } from "../../src/runtime.ts";

export interface OpenAccount {
  costUsd: number | null;
  refused: FinAgentError | null;
}

/** What no further sample would be spared: the money is spent, or the settings are wrong. */
const STOPS: ReadonlySet<string> = new Set(["BUDGET_SPENT", "BAD_CONFIG"]);

/** The runtime, with what its runs cost and whether the budget stopped one written down. */
export function kept(runtime: Runtime, account: OpenAccount): Runtime {
  return {
    ...runtime,
    run: async (tool, input, options) => {
      try {
        const output = await runtime.run(tool, input, options);
        account.costUsd = plus(account.costUsd, costOf(output));
        return output;
      } catch (error) {
        if (error instanceof FinAgentError && STOPS.has(error.code)) account.refused ??= error;
        throw error;
      }
    },
  };
}

function plus(sum: number | null, cost: number | null): number | null {
  return sum === null || cost === null ? null : sum + cost;
}

/** In USD; 0 where nothing was paid for, null where a price is not known. */
function costOf(output: unknown): number | null {
  if (typeof output !== "object" || output === null || !("usage" in output)) return 0;
  const { usage } = output;
  if (typeof usage !== "object" || usage === null || !("cost" in usage)) return 0;
  return typeof usage.cost === "number" ? usage.cost : null;
}
