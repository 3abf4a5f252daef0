import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Budget } from "../../src/domain/cost/budget.ts";
import { FinAgentError } from "../../src/domain/errors.ts";
import { costLedger } from "../../src/memory/costs/cost-ledger.ts";
import { openRecords } from "../../src/memory/records/open-records.ts";
import { openAiModel } from "../../src/models/openai.ts";
import { withSpending } from "../../src/models/spending/in-force.ts";
import { payFrom } from "../../src/models/spending/pay.ts";
import { TapedModel } from "../../src/models/tape/taped-model.ts";
import { BILLED } from "./billing-server.ts";

export interface Storm {
  readonly baseUrl: string;
  readonly home: string;
  readonly runId: string;
  readonly budget: Budget;
  readonly calls: number;
}

/** How many calls ended so, by the code of their error. */
export type Ends = Record<string, number>;

/**
 * Asks an endpoint many times at once, with the money of one run.
 * @param begun waited for once all is ready
 */
export async function spendStorm(storm: Storm, begun?: () => Promise<unknown>): Promise<Ends> {
  const { baseUrl, home, runId, budget, calls } = storm;
  const clock = { now: () => Date.UTC(2026, 10, 21, 12) };
  const records = await openRecords({ home, redisUrl: undefined, prefix: "finagent", clock });
  const prices = [{ model: "openai:billed", from: "2026-01-01", ...BILLED }];
  const ledger = costLedger({ records: () => Promise.resolve(records), clock, prices, budget });
  const own = openAiModel({ name: "billed", baseUrl, timeoutSeconds: 5, maxRetries: 2 });
  const pay = payFrom({ spending: ledger.spendingOf(null), maxOutputTokens: 1000 });
  const model = new TapedModel(own, { agent: "alpha", secrets: [], pay });
  const ends: Ends = {};
  await begun?.();
  await withSpending(ledger.spendingOf(runId), async () =>
    Promise.all(
      Array.from({ length: calls }, async (_, index) => {
        const end = await model.invoke(`Question ${index}: ${"é".repeat(index % 7)}`).then(
          () => "answered",
          (error: unknown) => (error instanceof FinAgentError ? error.code : String(error)),
        );
        ends[end] = (ends[end] ?? 0) + 1;
      }),
    ),
  );
  await records.close();
  return ends;
}

// As a process of its own, with a storm as JSON.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const storm = JSON.parse(process.argv[2] ?? "") as Storm;
  const ends = await spendStorm(storm, async () => {
    process.stdout.write("ready\n");
    await once(process.stdin, "data");
  });
  process.stdin.destroy();
  process.stdout.write(JSON.stringify(ends));
}
