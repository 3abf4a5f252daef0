import { createRoute, z } from "@hono/zod-openapi";
import { faults } from "../faults.ts";

export const openApiRoute = createRoute({
  method: "get",
  path: "/openapi.json",
  operationId: "openapi",
  summary: "This interface as an OpenAPI 3.1 document.",
  responses: {
    200: {
      description: "The document",
      content: { "application/json": { schema: z.record(z.string(), z.unknown()) } },
    },
    ...faults(401, 403, 500),
  },
});

export const docsRoute = createRoute({
  method: "get",
  path: "/docs",
  operationId: "docs",
  summary: "This interface as a page to read.",
  responses: {
    200: { description: "The page", content: { "text/html": { schema: z.string() } } },
    ...faults(401, 403, 500),
  },
});
