import { expect, it } from "vitest";
import { sampleReport, scriptedRuntime } from "../../tests/support/scripted-runtime.ts";
import { askTool } from "../tools/ask.ts";
import { activeRuns } from "./active-runs.ts";

it("waits for a run that ends in time", async () => {
  const release = Promise.withResolvers<void>();
  const runs = activeRuns(
    scriptedRuntime(async () => {
      await release.promise;
      return sampleReport();
    }),
  );
  const report = runs.runtime.run(askTool, { request: "x" });
  let drained = false;
  const drain = runs.drain(5000).then(() => (drained = true));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(drained).toBe(false);
  release.resolve();
  await drain;
  expect(await report).toEqual(sampleReport());
});

it("aborts a run that does not", async () => {
  const runs = activeRuns(
    scriptedRuntime(
      ({ options }) =>
        new Promise((_resolve, reject) => {
          options.signal?.addEventListener("abort", () => reject(options.signal?.reason as Error));
        }),
    ),
  );
  const report = runs.runtime.run(askTool, { request: "x" });
  const outcome = expect(report).rejects.toThrow("shutting down");
  await runs.drain(20);
  await outcome;
});

it("does not wait for ever for a run that ignores the abort", async () => {
  const runs = activeRuns(scriptedRuntime(() => new Promise(() => {})));
  void runs.runtime.run(askTool, { request: "x" });
  await runs.drain(20);
});
