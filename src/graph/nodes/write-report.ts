import { AIMessage, type BaseMessage } from "@langchain/core/messages";
import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { composeReport } from "../../domain/run/compose.ts";
import type { RunEvent } from "../../domain/run/event.ts";
import type { RunReport } from "../../domain/run/report.ts";
import { unverifiedFigures } from "../../domain/run/grounding.ts";
import { provenanceOf } from "../../domain/run/run-provenance.ts";
import { standInNotice } from "../../domain/run/stand-in-notice.ts";
import type { Step } from "../../domain/run/step.ts";
import { identify, threadOf } from "../../agents/identity.ts";
import type { Services } from "../../agents/manager/specialist-tool.ts";
import { made } from "../made.ts";
import { isSummary } from "../../agents/summarise.ts";
import type { managerState } from "../state.ts";

/** Composes the run's report from the artifacts that this request made, and checks the answer's figures. */
export function writeReport(services: Services) {
  return async (
    state: typeof managerState.State,
    config: LangGraphRunnableConfig,
  ): Promise<{ report: RunReport }> => {
    const last = state.messages.at(-1);
    const answer = last !== undefined && AIMessage.isInstance(last) ? last.text : "";
    const identity = identify(services.identity, config.configurable);
    const notice = standInNotice(provenanceOf(state.steps, services.minModelShare));
    const added = notice === null || answer.trim() === "" ? "" : `\n\n${notice}`;
    const parts = await made(state.references, services.artifactsOf(threadOf(config.configurable)));
    const report = composeReport({
      identity,
      status: statusOf(last, state.steps),
      minModelShare: services.minModelShare,
      request: state.request,
      plan: state.plan,
      // Whether the manager says so or not.
      answer: `${answer}${added}`,
      unverified: unverifiedFigures(answer, [
        state.request,
        ...evidence(state.messages),
        ...Object.values(parts),
      ]),
      steps: state.steps,
      usage: state.usage,
      ...parts,
    });
    const token: RunEvent = { type: "token", text: added };
    if (added !== "") config.writer?.(token);
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

/**
 * Failed: no answer, no step that succeeded though some were tried, or an answer that the offline model marks as
 * one without data to stand on. A question back it marks too; see `models/offline`.
 */
function statusOf(last: BaseMessage | undefined, steps: readonly Step[]): "done" | "question" | "failed" {
  if (last === undefined || !AIMessage.isInstance(last) || last.text.trim() === "") return "failed";
  if (steps.length > 0 && steps.every(({ error }) => error !== undefined)) return "failed";
  const mark: unknown = last.response_metadata["finagent"];
  const kind = typeof mark === "object" && mark !== null && "kind" in mark ? mark.kind : undefined;
  if (kind === "failure") return "failed";
  return kind === "question" ? "question" : "done";
}
