import { RemoveMessage } from "@langchain/core/messages";
import { type LangGraphRunnableConfig, REMOVE_ALL_MESSAGES } from "@langchain/langgraph";
import type { createManager } from "../../agents/manager/agent.ts";
import { askManager } from "../../agents/manager/ask-manager.ts";
import { endOfDay } from "../../domain/market/end-of-day.ts";
import type { managerState } from "../state.ts";

/** Lets the manager agent plan, call the specialists and answer. */
export function manage(manager: ReturnType<typeof createManager>) {
  return async (
    state: typeof managerState.State,
    config: LangGraphRunnableConfig,
  ): Promise<typeof managerState.Update> => {
    const asOf = typeof state.asOf === "string" ? endOfDay(state.asOf) : null;
    const { messages, references } = state;
    const answer = await askManager(manager, { messages, asOf, references }, config);
    // The whole list replaces what was held: a summary may have taken the place of older messages.
    return { ...answer, messages: [new RemoveMessage({ id: REMOVE_ALL_MESSAGES }), ...answer.messages] };
  };
}
