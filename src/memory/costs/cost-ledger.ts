import type { Budget } from "../../domain/cost/budget.ts";
import type { Price } from "../../domain/cost/price.ts";
import type { Clock, Costs } from "../../domain/ports.ts";
import type { RecordStore } from "../records/record-store.ts";
import { CostBook } from "./cost-book.ts";
import { listCosts } from "./list-costs.ts";
import { runSpending } from "./run-spending.ts";

interface LedgerParts {
  /** The store is opened when the first call of a model has to be counted. */
  readonly records: () => Promise<RecordStore>;
  readonly clock: Clock;
  readonly prices: readonly Price[];
  readonly budget: Budget;
}

export function costLedger({ records, clock, prices, budget }: LedgerParts): Costs {
  const book = new CostBook({ records, clock });
  return {
    budget,
    today: () => book.today(),
    list: async () => listCosts(await records()),
    spendingOf: (runId) => runSpending({ book, prices, budget, runId }),
  };
}
