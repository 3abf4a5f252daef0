import { z } from "zod";
import { isoTime } from "../domain/iso-time.ts";
import { marketName } from "../domain/memory/decision-entry.ts";
import { findOutcomes } from "../domain/memory/find-outcomes.ts";
import { RECALL, recallReportSchema } from "../domain/memory/recall-report.ts";
import { symbolsSchema } from "../domain/run/symbols-input.ts";
import { defineTool } from "./tool.ts";

export const recallTool = defineTool({
  name: RECALL,
  description:
    "What earlier runs decided on symbols (risk level, score, direction, weight) and how it turned out (the symbol's return some bars later), as far as it was known at the as-of time. Newest first.",
  access: "read",
  input: z.object({
    symbols: symbolsSchema,
    query: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .describe('Only decisions that hold one of these words, e.g. "HIGH" or "short"'),
    limit: z.int().min(1).max(50).default(5).describe("Decisions per symbol at most"),
  }),
  output: recallReportSchema,
  run: async ({ market, memory, clock, seed, asOf: bound }, { symbols, query, limit }) => {
    const asOf = bound ?? (await market.latest(symbols));
    const { entries, unreadable } = await memory.recall(marketName(market, seed), {
      symbols,
      limit,
      asOf,
      recordedBy: clock.now(),
      ...(query === undefined ? {} : { words: query }),
    });
    const judged = await findOutcomes(entries, market, asOf);
    return {
      source: market.source,
      simulated: market.simulated,
      asOf: isoTime(asOf),
      decisions: judged.map(({ entry, absent }) => ({ ...entry, absent })),
      unreadable,
    };
  },
});
