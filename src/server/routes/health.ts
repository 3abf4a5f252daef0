import { createRoute, z } from "@hono/zod-openapi";
import { faults } from "../faults.ts";

export const healthRoute = createRoute({
  method: "get",
  path: "/health",
  operationId: "health",
  summary: "Whether the server is up, and what it works with. Needs no token.",
  security: [],
  responses: {
    200: {
      description: "It is up",
      content: {
        "application/json": {
          schema: z.object({
            status: z.literal("ok"),
            version: z.string(),
            model: z.string().describe("offline or openai:NAME"),
            source: z.string().describe("Kind of the data source, e.g. csv; where it lies is not told"),
            simulated: z.boolean(),
            uptimeSeconds: z.number(),
          }),
        },
      },
    },
    ...faults(403),
  },
});
