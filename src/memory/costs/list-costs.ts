import { fromNanoUsd } from "../../domain/cost/nano-usd.ts";
import type { CostEntry } from "../../domain/cost/cost-row.ts";
import type { RecordStore } from "../records/record-store.ts";
import { dayPartition, readRows, RUNS } from "./day-page.ts";

/** Everything that was spent or set apart, by day, run, agent and model. */
export async function listCosts(records: RecordStore): Promise<CostEntry[]> {
  const entries: CostEntry[] = [];
  for (const day of await records.partitions("costs", { prefix: "" })) {
    for (const { key, value } of await records.range(dayPartition(day), { prefix: RUNS })) {
      const run = key.slice(RUNS.length);
      for (const { agent, model, calls, inputTokens, outputTokens, ...row } of readRows(value)) {
        entries.push({
          day,
          run: run === "" ? null : run,
          agent,
          model,
          calls,
          inputTokens,
          outputTokens,
          cost: row.unpriced > 0 ? null : fromNanoUsd(row.cost),
          assumed: fromNanoUsd(row.assumed),
          reserved: fromNanoUsd(row.reserved),
        });
      }
    }
  }
  return entries;
}
