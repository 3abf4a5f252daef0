import { z } from "zod";
import { runHeaderSchema, runStatusSchema } from "../domain/run/run-header.ts";
import { defineTool } from "./tool.ts";

export const listRunsTool = defineTool({
  name: "list_runs",
  description: "List the runs that were kept, newest first.",
  access: "read",
  input: z.strictObject({
    limit: z.int().min(1).max(1000).default(20).describe("How many at most"),
    status: runStatusSchema.optional().describe("Only runs that stand so"),
  }),
  output: z.object({ runs: z.array(runHeaderSchema) }),
  run: async ({ runs }, { limit, status }) => ({
    runs: await runs.list({ limit, ...(status === undefined ? {} : { status }) }),
  }),
});
