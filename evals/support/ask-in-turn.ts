import type { ConfigInput } from "../../src/config.ts";
import { FinAgentError } from "../../src/domain/errors.ts";
import type { RunEvent } from "../../src/domain/run/event.ts";
import type { RunReport } from "../../src/domain/run/report.ts";
import type { Runtime, RuntimeParts } from "../../src/runtime.ts";
import { askTool } from "../../src/tools/ask.ts";
import { listSymbolsTool } from "../../src/tools/list-symbols.ts";
import { recallTool } from "../../src/tools/recall.ts";
import { recallReportSchema } from "../../src/domain/memory/recall-report.ts";
import type { Subject } from "./suite.ts";
import { watchedRecords } from "./watched-records.ts";

/** One request and what came of it. */
export interface Turn {
  /** Counts conversations from 0. */
  readonly conversation: number;
  readonly request: string;
  /** Null where the request ended in an error. */
  readonly report: RunReport | null;
  readonly error: string | null;
  readonly events: readonly RunEvent[];
  /** What tools had returned by its end, and the person had said, on this thread. */
  readonly results: readonly unknown[];
}

export interface Conversation {
  readonly turns: readonly Turn[];
  /** Every text that was written into the store. */
  readonly written: readonly string[];
  /** The folder that files were kept in. */
  readonly home: string;
}

export interface Asking {
  readonly settings: ConfigInput;
  readonly parts?: RuntimeParts;
  /** Requests of one conversation, one after the other; a list of lists is several conversations on one store. */
  readonly conversations: readonly (readonly string[])[];
}

/** Asks a subject, in a store of its own that is watched. */
export async function askInTurn(
  subject: Subject,
  { settings, parts, conversations }: Asking,
): Promise<Conversation> {
  const records = watchedRecords();
  const runtime = subject.runtime(settings, { ...parts, records: records.store });
  const turns: Turn[] = [];
  try {
    for (const [index, requests] of conversations.entries()) {
      const threadId = `conversation-${index + 1}`;
      const others: unknown[] = [];
      for (const request of requests) {
        const events: RunEvent[] = [];
        const ended = await ask(runtime, request, threadId, events);
        others.push(request, ended.error, ...(await askedAgain(runtime, events)), ...toldErrors(events));
        turns.push({
          conversation: index,
          request,
          ...ended,
          events,
          results: [...records.artifacts, ...others],
        });
      }
    }
  } finally {
    await runtime.close();
  }
  return { turns, written: records.written, home: runtime.config.home };
}

async function ask(
  runtime: Runtime,
  request: string,
  threadId: string,
  events: RunEvent[],
): Promise<Pick<Turn, "report" | "error">> {
  try {
    const report = await runtime.run(
      askTool,
      { request, threadId },
      { onEvent: (event) => events.push(event) },
    );
    return { report, error: null };
  } catch (error) {
    if (!(error instanceof FinAgentError) || error.code === "BUDGET_SPENT") throw error;
    return { report: null, error: `${error.code}: ${error.message} ${error.hint ?? ""}` };
  }
}

/** What is put aside nowhere is asked for again, with the same words: it is the same each time. */
async function askedAgain(runtime: Runtime, events: readonly RunEvent[]): Promise<unknown[]> {
  const results: unknown[] = [];
  for (const event of events) {
    if (event.type !== "step-started") continue;
    if (event.tool === listSymbolsTool.name) results.push(await runtime.run(listSymbolsTool, {}));
    if (event.tool !== recallTool.name) continue;
    const input = recallTool.input.safeParse(event.input);
    if (input.success) results.push(recallReportSchema.parse(await runtime.run(recallTool, input.data)));
  }
  return results;
}

function toldErrors(events: readonly RunEvent[]): string[] {
  return events.flatMap((event) =>
    event.type === "step-finished" ? [event.step.summary, event.step.error ?? ""] : [],
  );
}
