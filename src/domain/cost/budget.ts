import { z } from "zod";
import { FinAgentError } from "../errors.ts";
import { fromNanoUsd, writeUsd } from "./nano-usd.ts";

const limit = z.number().min(0).max(1_000_000);

/** The most that calls of models may cost, in USD. */
export const budgetSchema = z.strictObject({
  perRunUsd: limit.optional(),
  perDayUsd: limit.optional().describe("Of all processes on the same store, by days of UTC"),
});

export type Budget = z.output<typeof budgetSchema>;

/** How a budget stands when a call asks for a part of it; amounts in billionths of a USD. */
export interface Shortfall {
  readonly budget: "run" | "day";
  readonly day: string;
  readonly runId: string | null;
  readonly limit: number;
  readonly spent: number;
  readonly reserved: number;
  /** The most that the call could cost. */
  readonly call: number;
}

/** What a call is refused with. */
export function budgetSpent({ budget, day, runId, limit, spent, reserved, call }: Shortfall): FinAgentError {
  const of = budget === "run" ? "the run" : `the day ${day} (UTC)`;
  const [limitUsd, spentUsd, reservedUsd, callUsd] = [limit, spent, reserved, call].map(usd);
  const more =
    budget === "run"
      ? `${resume(runId)} --budget-usd N goes on with more; budget.perRunUsd in finagent.yaml holds for every run.`
      : `Raise budget.perDayUsd in finagent.yaml (FINAGENT_BUDGET_PER_DAY), or wait until 00:00 UTC; ${resume(runId)} then goes on.`;
  return new FinAgentError(
    "BUDGET_SPENT",
    `Stopped: budget of ${of}. Of ${write(limitUsd)}, ${write(spentUsd)} is spent and ${write(reservedUsd)} reserved, and the next call of a model could cost up to ${write(callUsd)}.`,
    {
      hint: more,
      details: {
        budget,
        limitUsd: limitUsd ?? 0,
        spentUsd: spentUsd ?? 0,
        reservedUsd: reservedUsd ?? 0,
        callUsd: callUsd ?? 0,
      },
    },
  );
}

function resume(runId: string | null): string {
  return `finagent runs resume ${runId ?? "ID"}`;
}

function usd(nano: number): number {
  return Number(fromNanoUsd(nano).toFixed(6));
}

function write(amount = 0): string {
  return writeUsd(amount);
}

/** What a call is refused with that no budget can be held for. */
export function priceUnknown(model: string, day: string): FinAgentError {
  return new FinAgentError(
    "BAD_CONFIG",
    `A budget is set, and the price of ${model} on ${day} is not known.`,
    {
      hint: `Give it under prices in finagent.yaml, e.g. {model: "${model}", from: "${day}", inputPerMillion: 2, outputPerMillion: 8} in USD; a model of your own costs 0.`,
      details: { field: "prices", model },
    },
  );
}

/** What a call is refused with whose answer may be of any length. */
export function lengthUnknown(model: string): FinAgentError {
  return new FinAgentError(
    "BAD_CONFIG",
    `A budget is set, and ${model} has no limit on the tokens of an answer.`,
    { hint: "Make the model with maxTokens.", details: { field: "maxTokens", model } },
  );
}
