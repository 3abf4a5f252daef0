import { createRoute, z } from "@hono/zod-openapi";
import { optimizeAgentPromptsTool } from "../../tools/optimize-agent-prompts.ts";
import { faults, REQUEST_FAULTS, RUN_FAULTS } from "../faults.ts";
import { eventStream } from "../run-report-answer.ts";

export const optimizeRoute = createRoute({
  method: "post",
  path: "/optimize",
  operationId: optimizeAgentPromptsTool.name,
  summary: optimizeAgentPromptsTool.description,
  request: {
    body: { required: true, content: { "application/json": { schema: optimizeAgentPromptsTool.input } } },
  },
  responses: {
    200: {
      description: "The optimisation's report",
      content: {
        "application/json": {
          schema: z.object(optimizeAgentPromptsTool.output.shape).openapi("OptimizeReport"),
        },
        ...eventStream,
      },
    },
    ...faults(...REQUEST_FAULTS, ...RUN_FAULTS),
  },
});
