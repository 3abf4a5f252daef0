import { z } from "zod";

/** Tokens that models have read and written. */
export const tokensSchema = z.object({ inputTokens: z.number().int(), outputTokens: z.number().int() });

export type Tokens = z.output<typeof tokensSchema>;

export const NO_TOKENS: Tokens = { inputTokens: 0, outputTokens: 0 };

export function addTokens(one: Tokens, more: Tokens): Tokens {
  return {
    inputTokens: one.inputTokens + more.inputTokens,
    outputTokens: one.outputTokens + more.outputTokens,
  };
}
