import { AIMessageChunk } from "@langchain/core/messages";
import type { RunEvent } from "../domain/run/event.ts";
import type { RunReport } from "../domain/run/report.ts";
import type { ToolContext } from "../tools/tool.ts";
import type { createManagerGraph } from "./manager.ts";
import type { createPipelineGraph } from "./pipeline.ts";

/** Supersteps that one run may take: a manager's loop of 24 model calls takes about 50. */
const RECURSION_LIMIT = 150;

type Graph = ReturnType<typeof createManagerGraph> | ReturnType<typeof createPipelineGraph>;

/** Runs a graph to its report, passing on what it says while it works. */
export async function runGraph(
  graph: Graph,
  input: Record<string, unknown>,
  ctx: ToolContext,
): Promise<RunReport> {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const stream = await graph.stream(given, {
    streamMode: ["custom", "messages"],
    subgraphs: true,
    configurable: { thread_id: ctx.identity.threadId, run_id: ctx.identity.runId },
    signal: ctx.signal,
    recursionLimit: RECURSION_LIMIT,
  });
  let report: RunReport | undefined;
  for await (const [, mode, chunk] of stream) {
    ctx.signal.throwIfAborted();
    if (mode === "custom") {
      const event = chunk as RunEvent;
      if (event.type === "report") report = event.report;
      ctx.emit(event);
    } else {
      const text = spokenByManager(chunk);
      if (text !== "") ctx.emit({ type: "token", text });
    }
  }
  if (report === undefined) throw new Error("the graph ended without a report");
  return report;
}

/** Text of the manager's own model; a specialist's, which is cut off from the stream, speaks in its report. */
function spokenByManager(chunk: unknown): string {
  const message: unknown = Array.isArray(chunk) ? chunk[0] : undefined;
  return AIMessageChunk.isInstance(message) ? message.text : "";
}
