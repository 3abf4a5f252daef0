import { AIMessage, type BaseMessage } from "@langchain/core/messages";
import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { composeReport } from "../../domain/run/compose.ts";
import type { RunEvent } from "../../domain/run/event.ts";
import { unverifiedFigures } from "../../domain/run/grounding.ts";
import { identify } from "../../agents/identity.ts";
import type { Services } from "../../agents/manager/specialist-tool.ts";
import { made } from "../made.ts";
import { isSummary } from "../../agents/middleware.ts";
import type { managerState } from "../state.ts";

/** Composes the run's report from the artifacts that this request made, and checks the answer's figures. */
export function writeReport(services: Services) {
  return async (
    state: typeof managerState.State,
    config: LangGraphRunnableConfig,
  ): Promise<typeof managerState.Update> => {
    const last = state.messages.at(-1);
    const answer = last !== undefined && AIMessage.isInstance(last) ? last.text : "";
    const parts = await made(state.references, services.artifacts);
    const report = composeReport({
      identity: identify(services.identity, config.configurable),
      status: statusOf(last),
      request: state.request,
      plan: state.plan,
      answer,
      unverified: unverifiedFigures(answer, [
        state.request,
        ...evidence(state.messages),
        ...Object.values(parts),
      ]),
      steps: state.steps,
      usage: { ...state.usage, cost: state.usage.inputTokens === 0 ? 0 : null },
      ...parts,
    });
    const event: RunEvent = { type: "report", report };
    config.writer?.(event);
    return { report };
  };
}

/** What the person said and the tools returned, in this request and before it. A model's summary is no evidence. */
function evidence(messages: readonly BaseMessage[]): unknown[] {
  return messages
    .filter((message) => message.type === "tool" || (message.type === "human" && !isSummary(message)))
    .map((message) => {
      try {
        return JSON.parse(message.text) as unknown;
      } catch {
        return message.text;
      }
    });
}

/** The offline model marks a question back; see `models/offline`. */
function statusOf(last: BaseMessage | undefined): "done" | "question" | "failed" {
  if (last === undefined || !AIMessage.isInstance(last) || last.text.trim() === "") return "failed";
  const mark: unknown = last.response_metadata["finagent"];
  const kind = typeof mark === "object" && mark !== null && "kind" in mark ? mark.kind : undefined;
  return kind === "question" ? "question" : "done";
}
