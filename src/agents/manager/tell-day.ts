import { SystemMessage } from "@langchain/core/messages";
import { createMiddleware } from "langchain";
import { z } from "zod";
import { FinAgentError } from "../../domain/errors.ts";
import type { MarketData } from "../../domain/ports.ts";
import type { Services } from "./specialist-tool.ts";

/** The instant that a day ends at belongs to that day. */
const LAST_MS = 1;

/** Symbols that are looked at for where a source ends: series of one source end on the same day, or nearly so. */
const SAMPLE = 8;

/**
 * Ends the system prompt with the day that relative words count from, which a model cannot know by itself: the
 * as-of day of the run, or else the day that the data ends on.
 */
export function tellDay(services: Pick<Services, "market" | "clock">) {
  return createMiddleware({
    name: "tell_day",
    stateSchema: z.object({ asOf: z.number().nullable().default(null), _day: z.string().default("") }),
    beforeAgent: async ({ asOf }) => ({
      _day: dayOf((asOf ?? (await endOf(services.market)) ?? services.clock.now()) - LAST_MS),
    }),
    wrapModelCall: (request, handler) =>
      handler({
        ...request,
        systemMessage: new SystemMessage(
          `${request.systemPrompt ?? ""}\n\nAs of: ${request.state._day}. Nothing later is known, and periods count back from there.`,
        ),
      }),
  });
}

/** The latest close of a sample of the source's symbols; a series that is refused is passed over. */
async function endOf(market: MarketData): Promise<number | undefined> {
  let latest: number | undefined;
  for (const { symbol } of (await market.list()).slice(0, SAMPLE)) {
    try {
      latest = Math.max(latest ?? -Infinity, await market.latest([symbol]));
    } catch (error) {
      if (!(error instanceof FinAgentError)) throw error;
    }
  }
  return latest;
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
