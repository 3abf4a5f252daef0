import { createRoute } from "@hono/zod-openapi";
import { stressStrategyTool } from "../../tools/stress-strategy.ts";
import { faults, REQUEST_FAULTS, RUN_FAULTS } from "../faults.ts";

export const stressRoute = createRoute({
  method: "post",
  path: "/stress",
  operationId: stressStrategyTool.name,
  summary: stressStrategyTool.description,
  request: {
    body: { required: true, content: { "application/json": { schema: stressStrategyTool.input } } },
  },
  responses: {
    200: {
      description: "The stress test's report",
      content: { "application/json": { schema: stressStrategyTool.output } },
    },
    ...faults(...REQUEST_FAULTS, ...RUN_FAULTS),
  },
});
