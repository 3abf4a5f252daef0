import { createRoute } from "@hono/zod-openapi";
import { listPromptsTool } from "../../tools/list-prompts.ts";
import { showPromptTool } from "../../tools/show-prompt.ts";
import { faults } from "../faults.ts";

export const listPromptsRoute = createRoute({
  method: "get",
  path: "/prompts",
  operationId: listPromptsTool.name,
  summary: listPromptsTool.description,
  request: { query: listPromptsTool.input },
  responses: {
    200: {
      description: "The versions, without their texts",
      content: { "application/json": { schema: listPromptsTool.output } },
    },
    ...faults(400, 401, 403, 404, 500, 502),
  },
});

export const showPromptRoute = createRoute({
  method: "get",
  path: "/prompts/{agent}/{version}",
  operationId: showPromptTool.name,
  summary: showPromptTool.description,
  request: { params: showPromptTool.input.required() },
  responses: {
    200: {
      description: "The version, and what was in force of the agent's prompt when",
      content: { "application/json": { schema: showPromptTool.output } },
    },
    ...faults(400, 401, 403, 404, 500, 502),
  },
});
