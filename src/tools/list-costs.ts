import { z } from "zod";
import { budgetSchema } from "../domain/cost/budget.ts";
import { COST_GROUPS, type CostGroup } from "../domain/cost/cost-groups.ts";
import { type CostEntry, type CostRow, costRowSchema } from "../domain/cost/cost-row.ts";
import { roundUsd } from "../domain/cost/cost-of.ts";
import { defineTool } from "./tool.ts";

const OUTSIDE = "outside of runs";

const sumSchema = costRowSchema.omit({ name: true });

export const listCostsTool = defineTool({
  name: "list_costs",
  description:
    "What calls of models have cost, what is reserved for calls under way, and what the budgets leave.",
  access: "read",
  input: z.strictObject({
    by: z.enum(COST_GROUPS).default("day"),
    limit: z
      .int()
      .min(1)
      .max(1000)
      .default(50)
      .describe("How many rows at most, of days and runs the newest"),
  }),
  output: z.object({
    by: z.enum(COST_GROUPS),
    rows: z.array(costRowSchema),
    total: sumSchema.describe("Of all rows, also of those beyond the limit"),
    budget: budgetSchema,
    today: z.object({
      day: z.string().describe("UTC"),
      spent: z.number().describe("USD"),
      whole: z.boolean().describe("False: the price of some calls is not known, and they are not in it"),
      reserved: z.number(),
      left: z.number().nullable().describe("Null where no budget is set for the day"),
    }),
  }),
  run: async ({ costs }, { by, limit }) => {
    const entries = await costs.list();
    const groups = Map.groupBy(entries, (entry) => nameIn(entry, by));
    const rows = Array.from(groups, ([name, group]): CostRow => ({ name, ...sumOf(group) }));
    const day = costs.today();
    const today = entries.filter((entry) => entry.day === day);
    const known = sumOf(today.map((entry) => ({ ...entry, cost: entry.cost ?? 0 })));
    const { perDayUsd } = costs.budget;
    const left = perDayUsd === undefined ? null : perDayUsd - (known.cost ?? 0) - known.reserved;
    return {
      by,
      rows: rows.sort(by === "day" || by === "run" ? newest : dearest).slice(0, limit),
      total: sumOf(entries),
      budget: costs.budget,
      today: {
        day,
        spent: known.cost ?? 0,
        whole: today.every(({ cost }) => cost !== null),
        reserved: known.reserved,
        left: left === null ? null : Math.max(0, roundUsd(left)),
      },
    };
  },
});

function nameIn(entry: CostEntry, by: CostGroup): string {
  return entry[by] ?? OUTSIDE;
}

type Amounts = Omit<CostRow, "name">;

function sumOf(entries: readonly Amounts[]): Amounts {
  const none: Amounts = { calls: 0, inputTokens: 0, outputTokens: 0, cost: 0, assumed: 0, reserved: 0 };
  return entries.reduce<Amounts>(
    (sum, one) => ({
      calls: sum.calls + one.calls,
      inputTokens: sum.inputTokens + one.inputTokens,
      outputTokens: sum.outputTokens + one.outputTokens,
      cost: sum.cost === null || one.cost === null ? null : roundUsd(sum.cost + one.cost),
      assumed: roundUsd(sum.assumed + one.assumed),
      reserved: roundUsd(sum.reserved + one.reserved),
    }),
    none,
  );
}

/** Days and ids of runs sort as time goes. */
function newest(a: CostRow, b: CostRow): number {
  return a.name < b.name ? 1 : -1;
}

function dearest(a: CostRow, b: CostRow): number {
  return (b.cost ?? Infinity) - (a.cost ?? Infinity) || newest(b, a);
}
