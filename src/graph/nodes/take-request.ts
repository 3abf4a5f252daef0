import { HumanMessage } from "@langchain/core/messages";
import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { threadOf } from "../../agents/identity.ts";
import type { Services } from "../../agents/manager/specialist-tool.ts";
import { endOfDay } from "../../domain/market/end-of-day.ts";
import { made } from "../made.ts";
import { FinAgentError } from "../../domain/errors.ts";
import { NO_USAGE } from "../../domain/run/usage.ts";
import type { managerState } from "../state.ts";

/** Turns the request into the next message of the conversation, and clears what belongs to the last one. */
export function takeRequest({ artifactsOf }: Pick<Services, "artifactsOf">) {
  return async (
    state: typeof managerState.State,
    config: LangGraphRunnableConfig,
  ): Promise<typeof managerState.Update> => {
    const { data } = await made(state.references, artifactsOf(threadOf(config.configurable)));
    if (typeof state.asOf === "string" && data !== undefined) refuseToForget(state.asOf, data.asOf);
    return asked(state);
  };
}

/** @throws FinAgentError BAD_ARGUMENT where the conversation knows what was not yet known then */
function refuseToForget(asOf: string, knownUntil: string): void {
  if (Date.parse(knownUntil) <= endOfDay(asOf)) return;
  throw new FinAgentError(
    "BAD_ARGUMENT",
    `asOf: this conversation has looked at data up to ${knownUntil.slice(0, 10)}, and as of ${asOf} that was not known.`,
    { hint: "Ask in a new conversation.", details: { field: "asOf", asOf } },
  );
}

function asked(state: typeof managerState.State): typeof managerState.Update {
  const last = state.messages.at(-1);
  const request = state.request.trim();
  const cleared = { plan: [], steps: [], usage: NO_USAGE };
  if (request !== "") {
    return {
      ...cleared,
      request,
      messages: [new HumanMessage(request)],
    };
  }
  // A chat client (Studio's chat mode, for one) sends the message itself.
  if (last === undefined || !HumanMessage.isInstance(last) || last.text.trim() === "") {
    throw new FinAgentError("BAD_REQUEST", "There is no request.", {
      hint: 'Set `request`, e.g. "Analyze AAPL for the last 6 months".',
      details: { field: "request" },
    });
  }
  return { ...cleared, request: last.text };
}
