import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, it } from "vitest";
import { simulatedMarketData } from "../../src/adapters/simulated/simulated-market-data.ts";
import type { RunEvent } from "../../src/domain/run/event.ts";
import { openRecords } from "../../src/memory/records/open-records.ts";
import { createRuntime, type Runtime } from "../../src/runtime.ts";
import { createApp } from "../../src/server/app.ts";
import { askTool } from "../../src/tools/ask.ts";
import { backtestStrategyTool } from "../../src/tools/backtest-strategy.ts";
import { lastRunTool } from "../../src/tools/last-run.ts";
import { runPipelineTool } from "../../src/tools/run-pipeline.ts";
import { showRunTool } from "../../src/tools/show-run.ts";
import { failingAt } from "../support/failing-at.ts";
import { finagentHere } from "../support/finagent-here.ts";
import { testConfig } from "../support/test-config.ts";

const SETTINGS = { seed: 5, asOf: "2025-06-30" } as const;
const newHome = (): string => mkdtempSync(join(inject("homes"), "resumed-"));

/** A runtime on a home of its own, and a signal that ends a run when a tool has done its step. */
function stoppedAfter(tool: string): {
  runtime: Runtime;
  home: string;
  options: { signal: AbortSignal; onEvent(event: RunEvent): void };
} {
  const home = newHome();
  const stop = new AbortController();
  const onEvent = (event: RunEvent): void => {
    if (event.type === "step-finished" && event.step.tool === tool) stop.abort();
  };
  const runtime = createRuntime(testConfig({ home, ...SETTINGS }));
  return { runtime, home, options: { signal: stop.signal, onEvent } };
}

it("`runs resume` takes up a pipeline with the settings that it began with", async () => {
  const { runtime, home, options } = stoppedAfter("ask_alpha_agent");
  const input = { symbols: ["AAPL", "MSFT"], from: "2025-03-03" };
  await expect(runtime.run(runPipelineTool, input, options)).rejects.toThrow();
  const { equity } = await runtime.run(runPipelineTool, input);
  const runs = await finagentHere(["runs", "list", "--status", "interrupted", "--json"], { home });
  const [run] = askedRuns(runs.stdout);
  const resumed = await finagentHere(["runs", "resume", run ?? "", "--json"], { home });
  expect(resumed.status).toBe(0);
  expect(resumed.stderr).toContain("interrupted");
  expect(JSON.parse(resumed.stdout)).toMatchObject({ runId: run, equity });
  const { events } = await runtime.run(showRunTool, { id: run ?? "" });
  const done = events.flatMap((event) => (event.type === "step-finished" ? [event.step.tool] : []));
  expect(done.filter((tool) => tool === "fetch_market_data")).toHaveLength(1);

  const again = await finagentHere(["runs", "resume", run ?? ""], { home });
  expect(again).toMatchObject({ status: 2, stdout: "" });
  expect(again.stderr).toContain("has ended");
});

function askedRuns(stdout: string): string[] {
  const { runs } = JSON.parse(stdout) as { runs: { id: string }[] };
  return runs.map(({ id }) => id);
}

it.each([
  ["--seed", "6", "seed 5"],
  ["--model", "openai:another", "model offline"],
  ["--as-of", "2025-05-30", "as-of day 2025-06-30"],
])("`runs resume` with another %s is refused", async (flag, value, had) => {
  const { runtime, home, options } = stoppedAfter("fetch_market_data");
  await expect(runtime.run(askTool, { request: "Analyze AAPL" }, options)).rejects.toThrow();
  const refused = await finagentHere(["runs", "resume", "latest", flag, value], { home });
  expect(refused).toMatchObject({ status: 2, stdout: "" });
  expect(refused.stderr.replaceAll(/\s+/g, " ")).toContain(`had the ${had}`);
});

it("`runs resume` runs again what has no steps", async () => {
  const home = newHome();
  const market = simulatedMarketData({ seed: 5, clock: { now: () => Date.now() } });
  const series = async (): Promise<never> => Promise.reject(new Error("not now"));
  const runtime = createRuntime(testConfig({ home, ...SETTINGS }), { market: { ...market, series } });
  const input = { strategy: "sma-cross", symbols: ["AAPL"], from: "2024-01-02" };
  await expect(runtime.run(backtestStrategyTool, input)).rejects.toThrow("not now");
  const resumed = await finagentHere(["runs", "resume", "latest"], { home });
  expect(resumed.status).toBe(0);
  expect(resumed.stdout).toContain("sma-cross");
});

it("a conversation that was interrupted is finished first, one that failed is not", async () => {
  const { runtime, home, options } = stoppedAfter("fetch_market_data");
  const input = { request: "Analyze AAPL", threadId: "mine" };
  await expect(runtime.run(askTool, input, options)).rejects.toThrow();
  const talk = ["chat", "--thread", "mine", "--json", "--seed", "5", "--as-of", "2025-06-30"];
  const first = await finagentHere(talk, { home, input: "Analyze MSFT\n" });
  expect(first.stderr).toContain("finished first: Analyze AAPL");
  expect(JSON.parse(first.stdout)).toMatchObject({
    threadId: "mine",
    turns: [{ request: "Analyze AAPL", status: "done" }, { request: "Analyze MSFT" }],
  });
  expect(JSON.parse((await finagentHere(talk, { home })).stdout)).toMatchObject({ turns: [] });

  // Failed: the store of that run ended under it.
  const store = await openRecords({ home, prefix: "", clock: { now: () => Date.now() } });
  const { store: records } = failingAt(store, 3, async () => Promise.reject(new Error("no more")));
  const failing = createRuntime(testConfig({ home, ...SETTINGS }), { records });
  await expect(failing.run(askTool, { ...input, request: "Analyze JPM" })).rejects.toThrow("no more");
  expect((await runtime.run(lastRunTool, { threadId: "mine" })).run?.status).toBe("failed");
  expect(JSON.parse((await finagentHere(talk, { home })).stdout)).toMatchObject({ turns: [] });
  await store.close();
});

it("is resumed over HTTP, as JSON and as events", async () => {
  const { runtime, options } = stoppedAfter("fetch_market_data");
  const app = createApp(runtime);
  await expect(runtime.run(askTool, { request: "Analyze AAPL" }, options)).rejects.toThrow();
  const headers = { Accept: "text/event-stream" };
  const told = await (await app.request("/runs/latest/resume", { method: "POST", headers })).text();
  expect(told).toMatch(/event: started[^]*event: step-finished[^]*event: report/);
  const ended = await app.request("/runs/latest/resume", { method: "POST" });
  expect({ status: ended.status, body: await ended.json() }).toMatchObject({
    status: 400,
    body: { error: { code: "BAD_ARGUMENT" } },
  });
  expect((await app.request("/runs/2001/resume", { method: "POST" })).status).toBe(404);
});
