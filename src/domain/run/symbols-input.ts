import { z } from "zod";

/** Symbols as a person or a model names them: trimmed, in capitals, none twice. */
export const symbolsSchema = z
  .array(z.string().trim().min(1).max(20).toUpperCase())
  .min(1, "name at least one symbol")
  .max(500)
  .refine((symbols) => new Set(symbols).size === symbols.length, "a symbol is named twice");
