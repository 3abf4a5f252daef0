import { z } from "zod";
import { defineTool } from "./tool.ts";

export const listSymbolsTool = defineTool({
  name: "list_symbols",
  description: "List the symbols that the configured data source offers.",
  access: "read",
  input: z.object({}),
  output: z.object({
    source: z.string(),
    simulated: z.boolean(),
    benchmark: z.string().nullable(),
    symbols: z.array(
      z.object({
        symbol: z.string(),
        name: z.string().nullable(),
        kind: z.enum(["stock", "index", "crypto", "fund", "unknown"]),
      }),
    ),
  }),
  run: async (ctx) => ({
    source: ctx.market.source,
    simulated: ctx.market.simulated,
    benchmark: ctx.market.benchmark,
    symbols: [...(await ctx.market.list())],
  }),
});
