import { createRoute } from "@hono/zod-openapi";
import { compareStrategiesTool } from "../../tools/compare-strategies.ts";
import { faults, REQUEST_FAULTS, RUN_FAULTS } from "../faults.ts";

export const compareRoute = createRoute({
  method: "post",
  path: "/compare",
  operationId: compareStrategiesTool.name,
  summary: compareStrategiesTool.description,
  request: {
    body: { required: true, content: { "application/json": { schema: compareStrategiesTool.input } } },
  },
  responses: {
    200: {
      description: "The comparison's report",
      content: { "application/json": { schema: compareStrategiesTool.output } },
    },
    ...faults(...REQUEST_FAULTS, ...RUN_FAULTS),
  },
});
