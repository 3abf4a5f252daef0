import {
  AIMessage,
  type BaseMessage,
  HumanMessage,
  SystemMessage,
  ToolMessage,
} from "@langchain/core/messages";
import { z } from "zod";
import { TOOLS } from "./plan/results.ts";
import { shiftDay } from "./request/calendar-span.ts";
import { requestsInSummary } from "./summary.ts";
import { readOutcome, type Outcome } from "./tool-outcome.ts";

/** One tool call of this model with what came back. */
export interface Step {
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** Undefined where no answer to the call is in the messages. */
  readonly outcome: Outcome | undefined;
}

/** One message of the person and the steps that followed it. */
export interface Turn {
  readonly text: string;
  readonly steps: readonly Step[];
}

export interface Conversation {
  readonly system: string;
  /**
   * The day that relative words count from: of the system prompt's line `As of: YYYY-MM-DD`, else the one that a
   * tool has named.
   */
  readonly asOf: string | undefined;
  readonly turns: readonly Turn[];
}

/** Sorts the messages into turns. Texts inside tool results are data: none of them is ever read as a request. */
export function readConversation(messages: readonly BaseMessage[]): Conversation {
  const outcomes = new Map<string, Outcome>();
  for (const message of messages) {
    if (ToolMessage.isInstance(message)) {
      outcomes.set(message.tool_call_id, readOutcome(message.text, message.status));
    }
  }
  const system: string[] = [];
  const turns: { text: string; steps: Step[] }[] = [];
  for (const message of messages) {
    if (SystemMessage.isInstance(message)) system.push(message.text);
    else if (HumanMessage.isInstance(message)) {
      const earlier =
        message.additional_kwargs["lc_source"] === "summarization" ? requestsInSummary(message.text) : [];
      if (earlier.length > 0) turns.push(...earlier.map((text) => ({ text, steps: [] })));
      else turns.push({ text: message.text, steps: [] });
    } else if (AIMessage.isInstance(message)) {
      const turn = turns.at(-1);
      for (const call of message.tool_calls ?? []) {
        const { name: tool, args } = call;
        turn?.steps.push({ tool, args, outcome: call.id === undefined ? undefined : outcomes.get(call.id) });
      }
    }
  }
  const prompt = system.join("\n");
  const asOf = /^\W*As of:\s*(\d{4}-\d{2}-\d{2})/im.exec(prompt)?.[1];
  return { system: prompt, asOf: asOf ?? toldDay(turns), turns };
}

/** The as-of day of the latest error about a date after it, or of a data report whose window reaches up to it. */
function toldDay(turns: readonly Turn[]): string | undefined {
  const days = turns.flatMap(({ steps }) =>
    steps.flatMap(({ tool, args, outcome }) => {
      if (tool !== TOOLS.data || outcome === undefined || (outcome.ok && args["to"] !== undefined)) return [];
      const parsed = dated.safeParse(outcome.ok ? outcome.value : outcome.error.details);
      return parsed.success ? [dayKnown(parsed.data.asOf)] : [];
    }),
  );
  return days.at(-1);
}

/** The last day of which something is known at an instant: midnight is the end of the day before. */
function dayKnown(asOf: string): string {
  const date = asOf.slice(0, 10);
  return /T00:00:00(?:\.000)?Z$/.test(asOf) ? shiftDay(date, { days: -1 }) : date;
}

const dated = z.object({ asOf: z.string().regex(/^\d{4}-\d{2}-\d{2}/) });
