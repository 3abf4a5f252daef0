import { z } from "zod";
import { FinAgentError } from "../domain/errors.ts";
import { findingSchema } from "../domain/market/finding.ts";
import { symbolsSchema } from "../domain/run/symbols-input.ts";
import { defineTool } from "./tool.ts";

const checkedSymbolSchema = z.object({
  symbol: z.string(),
  status: z.enum(["ok", "repaired", "refused"]),
  bars: z.number().int(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  interval: z.string().nullable(),
  calendar: z.string().nullable(),
  adjustment: z.string().nullable(),
  findings: z.array(findingSchema),
  error: z.string().nullable().describe("Why the series is refused"),
  hint: z.string().nullable(),
});

export const checkDataTool = defineTool({
  name: "check_data",
  description:
    "Read every bar of the named symbols, or of all, and report what is wrong with them and where.",
  access: "read",
  input: z.object({ symbols: symbolsSchema.optional() }),
  output: z.object({
    source: z.string(),
    simulated: z.boolean(),
    ok: z.boolean().describe("False where a series is refused"),
    symbols: z.array(checkedSymbolSchema),
    passedOver: z.array(z.string()).default([]).describe("Files that hold something else than prices"),
    cache: z
      .object({
        folder: z.string().describe("May be deleted at any time"),
        files: z.int(),
        fromCache: z.int(),
        fault: z.string().nullable().describe("Why nothing could be kept"),
      })
      .nullable()
      .default(null)
      .describe("How many of the files were read from what earlier runs kept of them"),
  }),
  run: async (ctx, input) => {
    const symbols = input.symbols ?? (await ctx.market.list()).map((info) => info.symbol);
    const checked: z.output<typeof checkedSymbolSchema>[] = [];
    for (const [done, symbol] of symbols.entries()) {
      ctx.signal.throwIfAborted();
      checked.push(await checkSymbol(symbol));
      ctx.emit({ type: "progress", agent: "data", done: done + 1, total: symbols.length });
    }
    return {
      source: ctx.market.source,
      simulated: ctx.market.simulated,
      ok: checked.every((one) => one.status !== "refused"),
      symbols: checked,
      passedOver: input.symbols === undefined ? [...((await ctx.market.passedOver?.()) ?? [])] : [],
      cache: ctx.market.cached?.() ?? null,
    };

    async function checkSymbol(symbol: string): Promise<z.output<typeof checkedSymbolSchema>> {
      try {
        const { bars, findings } = await ctx.market.series(symbol, ctx.clock.now());
        const iso = (time: number | undefined): string | null =>
          time === undefined ? null : new Date(time).toISOString();
        return {
          symbol,
          status: findings.some((finding) => finding.severity === "repaired") ? "repaired" : "ok",
          bars: bars.length,
          from: iso(bars.time[0]),
          to: iso(bars.time[bars.length - 1]),
          interval: bars.interval,
          calendar: bars.calendar,
          adjustment: bars.adjustment,
          findings: [...findings],
          error: null,
          hint: null,
        };
      } catch (error) {
        // A faulty series is what this tool is there to report; an unknown symbol is the caller's mistake.
        if (!(error instanceof FinAgentError) || error.code === "UNKNOWN_SYMBOL") throw error;
        return {
          symbol,
          status: "refused",
          bars: 0,
          from: null,
          to: null,
          interval: null,
          calendar: null,
          adjustment: null,
          findings: [],
          error: error.message,
          hint: error.hint ?? null,
        };
      }
    }
  },
});
