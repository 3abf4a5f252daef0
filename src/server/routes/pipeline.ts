import { createRoute } from "@hono/zod-openapi";
import { runPipelineTool } from "../../tools/run-pipeline.ts";
import { faults, REQUEST_FAULTS, RUN_FAULTS } from "../faults.ts";
import { runAnswer } from "../run-report-answer.ts";

export const pipelineRoute = createRoute({
  method: "post",
  path: "/pipeline",
  operationId: runPipelineTool.name,
  summary: runPipelineTool.description,
  request: {
    body: { required: true, content: { "application/json": { schema: runPipelineTool.input } } },
  },
  responses: { 200: runAnswer, ...faults(...REQUEST_FAULTS, ...RUN_FAULTS) },
});
