import { z } from "@hono/zod-openapi";
import { runReportSchema } from "../domain/run/report.ts";

/**
 * The report under a name in the OpenAPI document. It is an object of its own, as a name on the tools' root schema
 * would turn their JSON schema into a bare reference.
 */
export const runReportAnswer = z.object(runReportSchema.shape).openapi("RunReport");

/** What a run answers with where the client asks for events. */
export const eventStream = {
  "text/event-stream": {
    schema: z
      .string()
      .describe(
        "One event per step of the run: `event` is its type (started, plan, step-started, step-finished, model-call, progress, token), `data` the event as JSON, `id` a count from 1. The last one is `report` with {type, report}, or `error` with the error body.",
      ),
  },
};

/** The answer of an operation that reports a run, as JSON or as events. */
export const runAnswer = {
  description: "The run's report",
  content: { "application/json": { schema: runReportAnswer }, ...eventStream },
};
