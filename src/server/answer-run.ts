import type { Context } from "hono";
import { accepts } from "hono/accepts";
import { streamSSE } from "hono/streaming";
import type { RunOptions } from "../runtime.ts";
import { errorAnswer } from "./error-answer.ts";

const EVENT_STREAM = "text/event-stream";

/**
 * Answers with a run's report: as JSON, or as server-sent events where the client asks for `text/event-stream`.
 * Each run event becomes one event (name: its type, data: the event as JSON, id: counted from 1); the last one is
 * `report`, or `error` with the error body as data. A client that goes away aborts the run.
 */
export async function answerRun(
  c: Context,
  run: (options: RunOptions) => Promise<object>,
  onFault: (fault: unknown) => void,
): Promise<Response> {
  const { signal } = c.req.raw;
  const wanted = accepts(c, {
    header: "Accept",
    supports: ["application/json", EVENT_STREAM],
    default: "application/json",
  });
  if (wanted !== EVENT_STREAM) return c.json(await run({ signal }));

  return streamSSE(c, async (stream) => {
    const gone = new AbortController();
    stream.onAbort(() => gone.abort());
    let id = 0;
    let written: Promise<void> = Promise.resolve();
    // Events come synchronously and faster than the socket takes them: the chain keeps their order.
    const send = (event: string, data: unknown): void => {
      id += 1;
      const message = { event, data: JSON.stringify(data), id: String(id) };
      written = written.then(async () => stream.writeSSE(message));
    };
    try {
      const report = await run({
        signal: AbortSignal.any([signal, gone.signal]),
        onEvent: (event) => {
          if (event.type !== "report" && event.type !== "optimized") send(event.type, event);
        },
      });
      send("report", { type: "report", report });
    } catch (error) {
      const { status, body } = errorAnswer(error);
      if (status === 500 && !signal.aborted) onFault(error);
      send("error", body);
    }
    await written;
  });
}
