import { z } from "zod";
import { runRecordSchema } from "../domain/run/run-record.ts";
import { defineTool } from "./tool.ts";

export const showRunTool = defineTool({
  name: "show_run",
  description: "A run that was kept: what it was, what happened in it, and its final report.",
  access: "read",
  input: z.strictObject({
    id: z.string().min(1).max(200).describe("Its id, the beginning of it that no other has, or latest"),
  }),
  output: runRecordSchema,
  run: async ({ runs }, { id }) => runs.show(id),
});
