import { z } from "zod";
import { defineTool } from "./tool.ts";
import { showRunTool } from "./show-run.ts";

export const deleteRunTool = defineTool({
  name: "delete_run",
  description:
    "Delete a run that was kept: its journal, its report, and its conversation where no other run is part of that.",
  access: "read",
  input: showRunTool.input,
  output: z.object({ deleted: z.string().describe("The run's whole id") }),
  run: async ({ runs }, { id }) => ({ deleted: await runs.delete(id) }),
});
