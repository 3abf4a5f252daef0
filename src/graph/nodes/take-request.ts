import { HumanMessage } from "@langchain/core/messages";
import { FinAgentError } from "../../domain/errors.ts";
import type { managerState } from "../state.ts";

/** Turns the request into the next message of the conversation, and clears what belongs to the last one. */
export function takeRequest(state: typeof managerState.State): typeof managerState.Update {
  const asked = state.messages.at(-1);
  const request = state.request.trim();
  const cleared = { plan: [], steps: [], usage: { inputTokens: 0, outputTokens: 0 } };
  if (request !== "") {
    return {
      ...cleared,
      request,
      messages: [new HumanMessage(request)],
    };
  }
  // A chat client (Studio's chat mode, for one) sends the message itself.
  if (asked === undefined || !HumanMessage.isInstance(asked) || asked.text.trim() === "") {
    throw new FinAgentError("BAD_REQUEST", "There is no request.", {
      hint: 'Set `request`, e.g. "Analyze AAPL for the last 6 months".',
      details: { field: "request" },
    });
  }
  return { ...cleared, request: asked.text };
}
