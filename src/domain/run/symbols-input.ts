import { z } from "zod";

/** A series may be named after a contract: BTC-27DEC2024-100000-C. */
export const LONGEST_SYMBOL = 40;

/** Symbols as a person or a model names them: trimmed, in capitals, none twice. */
export const symbolsSchema = z
  .array(
    z
      .string()
      .trim()
      .min(1)
      .max(LONGEST_SYMBOL, { error: ({ input }) => (typeof input === "string" ? tooLong(input) : undefined) })
      .toUpperCase(),
  )
  .min(1, "name at least one symbol")
  .max(500)
  .refine((symbols) => new Set(symbols).size === symbols.length, "a symbol is named twice");

export function tooLong(symbol: string): string {
  return `${symbol.slice(0, LONGEST_SYMBOL)}… is too long: a symbol has at most ${LONGEST_SYMBOL} characters`;
}
