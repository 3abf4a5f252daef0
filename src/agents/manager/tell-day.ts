import { SystemMessage } from "@langchain/core/messages";
import { createMiddleware } from "langchain";
import { z } from "zod";
import type { Clock } from "../../domain/ports.ts";

/** The instant that `YYYY-MM-DD` ends at belongs to that day. */
const LAST_MS = 1;

/**
 * Ends the system prompt with the day that relative words count from, which a model cannot know by itself: the
 * as-of day of the run, or today, beyond which a source may not reach.
 */
export function tellDay(clock: Clock) {
  return createMiddleware({
    name: "tell_day",
    stateSchema: z.object({ asOf: z.number().nullable().default(null) }),
    wrapModelCall: (request, handler) => {
      const { asOf } = request.state;
      const day =
        asOf === null || asOf === undefined
          ? `Today: ${dayOf(clock.now())}. The data may end earlier: for periods up to now leave out the end.`
          : `As of: ${dayOf(asOf - LAST_MS)}. Nothing later is known, and periods count back from there.`;
      return handler({
        ...request,
        systemMessage: new SystemMessage(`${request.systemPrompt ?? ""}\n\n${day}`),
      });
    },
  });
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
