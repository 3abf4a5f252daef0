import { createRoute } from "@hono/zod-openapi";
import { askTool } from "../../tools/ask.ts";
import { faults, REQUEST_FAULTS, RUN_FAULTS } from "../faults.ts";
import { runAnswer } from "../run-report-answer.ts";

export const chatRoute = createRoute({
  method: "post",
  path: "/chat",
  operationId: askTool.name,
  summary: askTool.description,
  request: {
    body: { required: true, content: { "application/json": { schema: askTool.input } } },
  },
  responses: { 200: runAnswer, ...faults(...REQUEST_FAULTS, ...RUN_FAULTS) },
});
