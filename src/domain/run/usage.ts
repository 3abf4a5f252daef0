import { z } from "zod";
import { roundUsd } from "../cost/cost-of.ts";

const tokens = { inputTokens: z.number().int(), outputTokens: z.number().int() };

const cost = z.number().nullable().describe("In USD; null where a model's price is not known");

/** What models have read and written, and what that cost. Answers that were held already count nothing. */
export const usageSchema = z.object({
  ...tokens,
  cost,
  byModel: z
    .array(z.object({ agent: z.string(), model: z.string(), calls: z.number().int(), ...tokens, cost }))
    .default([]),
});

export type Usage = z.output<typeof usageSchema>;

export const NO_USAGE: Usage = { inputTokens: 0, outputTokens: 0, cost: 0, byModel: [] };

export function addUsage(one: Usage, more: Usage): Usage {
  const byModel = [...one.byModel];
  for (const row of more.byModel) {
    const at = byModel.findIndex(({ agent, model }) => agent === row.agent && model === row.model);
    const held = byModel[at];
    if (held === undefined) byModel.push(row);
    else byModel[at] = { ...held, ...sums(held, row), calls: held.calls + row.calls };
  }
  return { ...sums(one, more), byModel };
}

type Sums = Pick<Usage, "inputTokens" | "outputTokens" | "cost">;

function sums(one: Sums, more: Sums): Sums {
  return {
    inputTokens: one.inputTokens + more.inputTokens,
    outputTokens: one.outputTokens + more.outputTokens,
    cost: one.cost === null || more.cost === null ? null : roundUsd(one.cost + more.cost),
  };
}
