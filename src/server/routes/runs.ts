import { createRoute, z } from "@hono/zod-openapi";
import { listRunsTool } from "../../tools/list-runs.ts";
import { showRunTool } from "../../tools/show-run.ts";
import { faults, RUN_FAULTS } from "../faults.ts";
import { eventStream } from "../run-report-answer.ts";

export const listRunsRoute = createRoute({
  method: "get",
  path: "/runs",
  operationId: listRunsTool.name,
  summary: listRunsTool.description,
  request: {
    query: z.strictObject({
      limit: z.coerce.number().pipe(listRunsTool.input.shape.limit.unwrap()).optional(),
      status: listRunsTool.input.shape.status,
    }),
  },
  responses: {
    200: {
      description: "The runs",
      content: { "application/json": { schema: listRunsTool.output } },
    },
    ...faults(400, 401, 403, 500, 502),
  },
});

export const showRunRoute = createRoute({
  method: "get",
  path: "/runs/{id}",
  operationId: showRunTool.name,
  summary: showRunTool.description,
  request: { params: showRunTool.input },
  responses: {
    200: {
      description: "The run, its events in order, and its report",
      content: { "application/json": { schema: showRunTool.output } },
    },
    ...faults(400, 401, 403, 404, 500, 502),
  },
});

/** A report of any kind: all of them name their run. */
export const anyReport = z.looseObject({ runId: z.string() });

export const resumeRunRoute = createRoute({
  method: "post",
  path: "/runs/{id}/resume",
  operationId: "resume_run",
  summary: "Go on with a run that was stopped or has failed, behind the last step that it has done.",
  request: { params: showRunTool.input },
  responses: {
    200: {
      description: "The report of the run's own operation",
      content: { "application/json": { schema: anyReport }, ...eventStream },
    },
    ...faults(400, 401, 403, 500, ...RUN_FAULTS),
  },
});
