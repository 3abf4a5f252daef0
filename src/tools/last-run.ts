import { z } from "zod";
import { runHeaderSchema } from "../domain/run/run-header.ts";
import { defineTool } from "./tool.ts";

export const lastRunTool = defineTool({
  name: "last_run",
  description: "The last run of a conversation, and how it stands.",
  access: "read",
  input: z.strictObject({ threadId: z.string().min(1).max(200) }),
  output: z.object({ run: runHeaderSchema.nullable() }),
  run: async ({ runs }, { threadId }) => ({ run: await runs.lastOn(threadId) }),
});
