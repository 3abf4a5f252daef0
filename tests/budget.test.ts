import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { simulatedMarketData } from "../src/adapters/simulated/simulated-market-data.ts";
import { settingsFrom } from "../src/cli/flags/global-flags.ts";
import type { Connect } from "../src/cli/load-commands.ts";
import { runCli } from "../src/cli/run-cli.ts";
import type { ConfigInput } from "../src/config.ts";
import { lasting } from "../src/domain/run/lasting.ts";
import { type RunReport, runReportSchema } from "../src/domain/run/report.ts";
import { createRuntime, type RuntimeParts } from "../src/runtime.ts";
import { createApp } from "../src/server/app.ts";
import { listCostsTool } from "../src/tools/list-costs.ts";
import type { ChatCompletionsServer } from "./support/chat-completions-server.ts";
import { call, calls, FETCH, inTurn, scriptedServer } from "./support/scripted-team.ts";
import { scriptedIo } from "./support/scripted-io.ts";
import { testConfig } from "./support/test-config.ts";

const PARTS: RuntimeParts = {
  market: simulatedMarketData({ seed: 1, clock: { now: () => Date.UTC(2026, 0, 2) } }),
};
const PIPELINE =
  "pipeline --symbols AAPL,MSFT --from 2025-06-15 --to 2025-08-15 --rebalance 30 --agents llm --json";

let server: ChatCompletionsServer;

beforeAll(async () => {
  const manager = inTurn(calls(FETCH), calls(call("list_symbols")), { text: "Done." });
  server = await scriptedServer({ manager });
});

afterAll(async () => server.close());

/** A command in a home of its own, whose model has a price. */
function at(home: string, more: ConfigInput = {}) {
  const connect: Connect = async (flags) => {
    const given = Object.entries(settingsFrom(flags)).filter(([, value]) => value !== undefined);
    const config = testConfig({
      model: "openai:test",
      asOf: "2025-08-15",
      openai: {
        baseUrl: (more.openai ?? server).baseUrl,
        timeoutSeconds: 5,
        maxRetries: 0,
        maxOutputTokens: 500,
      },
      prices: [{ model: "openai:test", from: "2026-01-01", inputPerMillion: 10, outputPerMillion: 40 }],
      ...(more.prices === undefined ? {} : { prices: more.prices }),
      ...(more.models === undefined ? {} : { models: more.models }),
      ...Object.fromEntries(given),
      budget: { ...more.budget, ...(flags.budgetUsd === undefined ? {} : { perRunUsd: flags.budgetUsd }) },
      home: `${testConfig().home}/${home}`,
    });
    return Promise.resolve(createRuntime(config, PARTS));
  };
  const run = async (line: string): Promise<{ status: number; stdout: string; stderr: string }> => {
    const { io, stdout, stderr } = scriptedIo({ columns: 140 });
    const status = await runCli(line.split(" "), io, connect);
    return { status, stdout: stripVTControlCharacters(stdout()), stderr: stderr() };
  };
  return {
    run,
    connect,
    report: async (line: string): Promise<RunReport> =>
      runReportSchema.parse(JSON.parse((await run(line)).stdout)),
    costs: async (by: string) =>
      listCostsTool.output.parse(JSON.parse((await run(`costs --by ${by} --json`)).stdout)),
  };
}

describe("a run that its budget stops", () => {
  const stopped = at("stopped");

  it("ends as stopped: budget, says how it stands, and goes on with a larger budget to the report of one that never stopped", async () => {
    // With a server of its own, which gives its calls of tools the same ids.
    const other = await scriptedServer({});
    const whole = await at("whole", { openai: { baseUrl: other.baseUrl } }).report(PIPELINE);
    await other.close();
    expect(whole.usage.cost).toBeGreaterThan(0);

    const first = await stopped.run(`${PIPELINE} --budget-usd 0.12`);
    expect(first.status).toBe(5);
    expect(JSON.parse(first.stdout)).toMatchObject({
      error: {
        code: "BUDGET_SPENT",
        message: expect.stringMatching(
          /^Stopped: budget of the run\. Of \$0\.12, \$0\.\d+ is spent and \$0\.00 reserved, and the next call of a model could cost up to \$0\.\d+\.$/,
        ) as string,
        hint: expect.stringMatching(/^finagent runs resume \d{8}-\S+ --budget-usd N goes on/) as string,
      },
    });
    expect((await stopped.run("runs list")).stdout).toMatch(/run_pipeline\s+stopped: budget/);
    expect((await stopped.run("runs list --status stopped --json")).stdout).toContain('"status": "stopped"');
    const shown = (await stopped.run("runs show latest")).stdout;
    expect(shown).toMatch(/Status\s+stopped: budget/);
    expect(shown).toMatch(/BUDGET_SPENT: Stopped: budget of the run\. Of \$0\.12/);
    const { total } = await stopped.costs("run");
    expect(total).toMatchObject({ reserved: 0, assumed: 0 });
    expect(total.cost).toBeLessThanOrEqual(0.12);

    // What it had spent counts.
    const again = await stopped.run("runs resume latest --budget-usd 0.12 --json");
    expect(again.status).toBe(5);
    expect((await stopped.costs("run")).total).toEqual(total);

    const report = await stopped.report("runs resume latest --budget-usd 5 --json");
    expect(lasting(report)).toEqual(lasting(whole));
    expect((await stopped.run("runs list")).stdout).toMatch(/run_pipeline\s+done/);
  });

  it("has paid what its report says, by agent and model", async () => {
    const [run] = (await stopped.costs("run")).rows;
    const record: unknown = JSON.parse((await stopped.run("runs show latest --json")).stdout);
    const { report: kept } = record as { report: RunReport };
    const { usage, net, metrics, backtest } = kept;
    expect(run).toMatchObject({
      cost: usage.cost,
      inputTokens: usage.inputTokens,
      outputTokens: usage.outputTokens,
    });
    const requests = usage.byModel.map(({ agent, model, calls: made }) => [agent, model, made > 0]);
    expect(requests).toEqual(
      ["data", "alpha", "risk", "portfolio"].map((agent) => [agent, "openai:test", true]),
    );
    const cost = (usage.inputTokens * 10 + usage.outputTokens * 40) / 1e6;
    expect(usage.cost).toBeCloseTo(cost, 9);
    expect(net).toEqual({
      modelCost: usage.cost,
      totalReturn: expect.closeTo(
        (metrics?.totalReturn ?? NaN) - cost / (backtest?.settings.capital ?? NaN),
        12,
      ) as number,
    });
    expect((await stopped.run("runs show latest")).stdout).toMatch(
      /Net\s+-?\d+\.\d\d% total return less \$0\.\d+ for models/,
    );
    const agents = (await stopped.costs("agent")).rows;
    expect(agents.map(({ name }) => name).sort()).toEqual(["alpha", "data", "portfolio", "risk"]);
    expect((await stopped.run("costs --by model")).stdout).toMatch(/openai:test\s+\d+/);
  });

  it("costs nothing when it is replayed", async () => {
    const { total } = await stopped.costs("day");
    const asked = server.requests.length;
    const replayed = await stopped.run("runs replay latest --json");
    expect(JSON.parse(replayed.stdout)).toMatchObject({ identical: true });
    expect((await stopped.costs("day")).total).toEqual(total);
    expect(server.requests).toHaveLength(asked);
  });
});

it("an answer to a request is stopped too, over HTTP with 402, and its manager is not told to act on it", async () => {
  // The manager's own calls are free: a specialist's is refused, within a tool.
  const prices = [["openai:free", 0] as const, ["openai:test", 10] as const].map(([model, price]) => ({
    model,
    from: "2026-01-01",
    inputPerMillion: price,
    outputPerMillion: price,
  }));
  const home = at("http", { prices, models: { manager: "openai:free" }, budget: { perDayUsd: 0.02 } });
  const asked = server.requests.length;
  const app = createApp(await home.connect({}));
  const response = await app.request("/chat", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ request: "Analyze them" }),
  });
  expect(response.status).toBe(402);
  const body: unknown = await response.json();
  expect(body).toMatchObject({
    error: {
      code: "BUDGET_SPENT",
      message: expect.stringMatching(/^Stopped: budget of the day \d{4}-\d\d-\d\d \(UTC\)\./) as string,
    },
  });
  const runs: unknown = await (await app.request("/runs")).json();
  expect(runs).toMatchObject({
    runs: [{ status: "stopped", error: expect.stringMatching(/^BUDGET_SPENT: Stopped: budget/) as string }],
  });
  expect(server.requests).toHaveLength(asked + 1);
  const { today, budget } = await home.costs("day");
  expect(budget).toEqual({ perDayUsd: 0.02 });
  expect(today).toMatchObject({ spent: 0, reserved: 0, left: 0.02 });
});

it("a model without a price is refused where a budget is set, and costs nothing that is known where none is", async () => {
  const home = at("unpriced", { prices: [] });
  const refused = await home.run("ask hello --budget-usd 1 --json");
  expect(refused.status).toBe(2);
  expect(JSON.parse(refused.stdout)).toMatchObject({
    error: {
      code: "BAD_CONFIG",
      message: expect.stringMatching(/price of openai:test on \S+ is not known/) as string,
    },
  });
  const report = await home.report("ask hello --json");
  expect(report.usage).toMatchObject({
    cost: null,
    byModel: [
      { agent: "manager", cost: null },
      { agent: "data", cost: null },
    ],
  });
  const { rows } = await home.costs("model");
  expect(rows).toMatchObject([{ name: "openai:test", cost: null }]);
  expect((await home.run("costs")).stdout).toMatch(/not known/);
});

it.each([
  ["ask hello --budget-usd much", /--budget-usd: "much" is not an amount of money/],
  ["ask hello --budget-usd 10m", /--budget-usd: must be at most 1000000/],
])("%s is refused by the flag's name", async (line, words) => {
  const { io, stderr } = scriptedIo();
  expect(await runCli(line.split(" "), io)).toBe(2);
  expect(stderr()).toMatch(words);
});
