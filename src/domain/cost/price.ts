import { z } from "zod";

const perMillion = z.number().min(0).max(1_000_000);

/** What a model's endpoint asks for, in USD per million tokens, from a day on until the model's next entry. */
export const priceSchema = z
  .strictObject({
    model: z
      .string()
      .min(1)
      .describe("As in --model, e.g. openai:gpt-4.1; the part before the colon may be left out"),
    from: z.iso.date().describe("First day, in UTC"),
    inputPerMillion: perMillion,
    outputPerMillion: perMillion,
    cachedInputPerMillion: perMillion
      .optional()
      .describe("For input that the endpoint still held; default: as other input"),
  })
  .refine(({ inputPerMillion, cachedInputPerMillion = 0 }) => cachedInputPerMillion <= inputPerMillion, {
    path: ["cachedInputPerMillion"],
    error: "must not be more than inputPerMillion",
  });

export type Price = z.output<typeof priceSchema>;

/**
 * Own prices of a model stand in place of all that are built in for it.
 * @param own of two for one model and day the later in the list counts
 */
export function pricesWith(own: readonly Price[], builtIn: readonly Price[]): readonly Price[] {
  const named = new Set(own.map(({ model }) => bareName(model)));
  return [...builtIn.filter(({ model }) => !named.has(bareName(model))), ...own];
}

/**
 * The price of a model that is in force on a day; null where none is known.
 * @param day UTC, YYYY-MM-DD
 */
export function priceOn(prices: readonly Price[], model: string, day: string): Price | null {
  const known = prices.filter((one) => bareName(one.model) === bareName(model) && one.from <= day);
  return known.reduce<Price | null>(
    (held, one) => (held === null || one.from >= held.from ? one : held),
    null,
  );
}

function bareName(model: string): string {
  return model.replace(/^openai:/, "");
}
