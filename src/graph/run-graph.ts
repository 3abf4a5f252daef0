import { AIMessageChunk } from "@langchain/core/messages";
import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import type { RunEvent } from "../domain/run/event.ts";
import type { ToolContext } from "../tools/tool.ts";
import type { createManagerGraph } from "./manager.ts";
import type { createOptimizerGraph } from "./optimizer.ts";
import type { createPipelineGraph } from "./pipeline.ts";

/**
 * Supersteps that one run may take: a manager's loop of 24 model calls takes about 50, an optimisation three for each of
 * up to 200 candidates.
 */
const RECURSION_LIMIT = 700;

type Graph =
  | ReturnType<typeof createManagerGraph>
  | ReturnType<typeof createPipelineGraph>
  | ReturnType<typeof createOptimizerGraph>;

/** A graph whose end is a report. */
export interface Reporting<R> {
  readonly graph: Graph;
  /** The graph's last node, which composes the report from its state. */
  readonly compose: (
    state: unknown,
    config: LangGraphRunnableConfig,
  ) => Promise<{ readonly report?: R | undefined }>;
  /** The report in an event of that node. */
  readonly reportOf: (event: RunEvent) => R | undefined;
}

/**
 * Runs a graph to its report, passing on what it says while it works. A run that is taken up again goes on behind the
 * last step that was checkpointed.
 */
export async function runGraph<R>(
  { graph, compose, reportOf }: Reporting<R>,
  input: Record<string, unknown>,
  ctx: ToolContext,
): Promise<R> {
  const configurable = { thread_id: ctx.identity.threadId, run_id: ctx.identity.runId };
  const { resume } = ctx;
  const state = resume === undefined ? null : await stateOf(graph, configurable, resume.base);
  // All steps were done, and only the report, which no checkpoint holds, was lost.
  if (state?.tasks.length === 0) return reportIn(await compose(state.values, { configurable }));
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const stream = await graph.stream(state === null ? given : null, {
    streamMode: ["custom", "messages"],
    subgraphs: true,
    configurable,
    signal: ctx.signal,
    recursionLimit: RECURSION_LIMIT,
    // A step that is told to be done is on disk.
    durability: "sync",
  });
  let report: R | undefined;
  for await (const [, mode, chunk] of stream) {
    ctx.signal.throwIfAborted();
    if (mode === "custom") {
      const event = chunk as RunEvent;
      report = reportOf(event) ?? report;
      ctx.emit(event);
    } else {
      const text = spokenByManager(chunk);
      if (text !== "") ctx.emit({ type: "token", text });
    }
  }
  return reportIn({ report });
}

function reportIn<R>({ report }: { readonly report?: R | undefined }): R {
  if (report === undefined) throw new Error("the graph ended without a report");
  return report;
}

/**
 * Where a thread stands; null where that is still at its run's beginning.
 * @param base the checkpoint that the run began at; null where the thread began with it
 */
async function stateOf(
  graph: Graph,
  configurable: Record<string, unknown>,
  base: string | null,
): Promise<{ readonly values: unknown; readonly tasks: readonly unknown[] } | null> {
  // `next` leaves out tasks that have written already and whose step is still to be taken.
  const state = await graph.getState({ configurable });
  const id: unknown = state.config.configurable?.["checkpoint_id"];
  return typeof id === "string" && id !== base ? state : null;
}

/** Text of the manager's own model; a specialist's, which is cut off from the stream, speaks in its report. */
function spokenByManager(chunk: unknown): string {
  const message: unknown = Array.isArray(chunk) ? chunk[0] : undefined;
  return AIMessageChunk.isInstance(message) ? message.text : "";
}
