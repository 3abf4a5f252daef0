import { enableCompileCache } from "node:module";
import { killedRunSchema } from "./kill-point.ts";

/** A program that does one run and is killed in it, as its only argument says. */
enableCompileCache();
const { killRuntime } = await import("./kill-runtime.ts");
const { REPORTED_TOOLS } = await import("../../../src/tools/reported-tools.ts");

const run = killedRunSchema.parse(JSON.parse(process.argv[2] ?? ""));
const { runtime, records, told } = await killRuntime(run, { killed: true });
const tool = REPORTED_TOOLS.find(({ name }) => name === run.tool);
if (tool === undefined) throw new Error(`there is no ${run.tool}`);
try {
  await runtime.run(tool, run.input, {
    onEvent: (event) => {
      if (event.type === "step-finished") told(`step ${event.step.tool}`);
    },
  });
  told("done");
} catch (error) {
  told(`failed ${String(error)}`);
}
await records.close();
process.exit(0);
