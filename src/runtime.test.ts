import { AIMessage } from "@langchain/core/messages";
import { fakeModel } from "langchain";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { FinAgentError, LookaheadError } from "./domain/errors.ts";
import { sliceBars } from "./domain/market/bars.ts";
import type { DataReport } from "./domain/market/data-set.ts";
import type { MarketData } from "./domain/ports.ts";
import type { RunReport } from "./domain/run/report.ts";
import { managerPrompt } from "./prompts/manager.ts";
import { createRuntime, type RuntimeParts } from "./runtime.ts";
import { askTool } from "./tools/ask.ts";
import { fetchInputSchema, fetchMarketDataTool } from "./tools/fetch-market-data.ts";
import { runBacktestTool } from "./tools/run-backtest.ts";
import { runPipelineTool } from "./tools/run-pipeline.ts";
import { defineTool } from "./tools/tool.ts";
import { simulatedMarketData } from "./adapters/simulated/simulated-market-data.ts";
import { testConfig } from "../tests/support/test-config.ts";

const config = testConfig({ asOf: "2025-06-30" });
const simulated = simulatedMarketData({ seed: 1, clock: { now: () => Date.UTC(2025, 6, 1) } });

/** A runtime whose manager writes no plan but makes these calls, then says so. */
function asking(calls: readonly (readonly [string, object])[], parts: RuntimeParts = {}): Promise<RunReport> {
  const manager = fakeModel();
  for (const [name, args] of calls) {
    manager.respond(new AIMessage({ content: "", tool_calls: [{ id: name, name, args: { ...args } }] }));
  }
  manager.respond(new AIMessage("Done."));
  return createRuntime(config, { ...parts, models: { ...parts.models, manager } }).run(askTool, {
    request: "Look",
  });
}

const returning = (value: number) =>
  defineTool({
    name: "my_figure",
    description: "A figure.",
    access: "read",
    input: z.object({ symbol: z.string() }),
    output: z.object({ figure: z.number().nonnegative() }),
    run: async (_ctx, { symbol }) => {
      if (symbol === "NONE")
        throw new FinAgentError("DATA_INSUFFICIENT", "There is none.", { hint: "Ask on." });
      return { figure: value };
    },
  });

const named = (name: string, input: z.ZodType = z.object({})) => ({ ...returning(1), name, input });

const factor = (name: string) => ({ name, description: "", evaluate: () => 1, score: () => 1 });

describe("parts that cannot be used are refused at once", () => {
  const own = [...managerPrompt.instructions.matchAll(/^- `(\w+)`: /gm)].map(([, name = ""]) => name);

  it("knows the manager's own tools", () => {
    expect(own).toHaveLength(8);
  });

  it.each<[string, RuntimeParts, RegExp]>([
    ...[...own, "write_plan"].map((name): [string, RuntimeParts, RegExp] => [
      `a tool named ${name}`,
      { managerTools: [named(name)] },
      /name that another tool has/,
    ]),
    [
      "two tools of a name",
      { managerTools: [named("a"), named("a")] },
      /"a" is a name that another tool has/,
    ],
    ["a tool with a malformed name", { managerTools: [named("my tool")] }, /"my tool" is no name for a tool/],
    ["a tool without an object", { managerTools: [named("a", z.string())] }, /cannot be described/],
    [
      "a tool with a date",
      { managerTools: [named("a", z.object({ day: z.date() }))] },
      /cannot be described/,
    ],
    [
      "a tool whose input has an id",
      { managerTools: [named("a", z.object({}).meta({ id: "runtime-test-input" }))] },
      /cannot be described/,
    ],
    ["a factor with a built-in name", { factors: [factor("momentum")] }, /"momentum" belongs to a built-in/],
    ["two factors of a name", { factors: [factor("a"), factor("a")] }, /"a" is used twice/],
    ["a factor without a name", { factors: [factor("")] }, /"" is no name/],
    [
      "a figure out of range",
      { policies: { risk: { volatilityTarget: 3 } } },
      /^policies\.risk\.volatilityTarget: /,
    ],
    [
      "a factor that is not registered",
      { policies: { alpha: { factors: [{ name: "near-high", lookbackBars: 20, weight: 1 }] } } },
      /names near-high, which is no factor/,
    ],
    // As a program without types would write it.
    [
      "a slip of the pen",
      { policies: { risk: JSON.parse('{"volatilityTaget":0.1}') as object } },
      /volatilityTaget/,
    ],
    ["a policy of no agent", { policies: JSON.parse('{"rsk":{}}') as object }, /^policies\.rsk: /],
  ])("%s", (_, parts, message) => {
    expect(() => createRuntime(config, parts)).toThrow(
      expect.objectContaining({ code: "BAD_ARGUMENT", message: expect.stringMatching(message) as string }),
    );
  });
});

describe("a tool of the program", () => {
  const call = (symbol: string): readonly [string, object] => ["my_figure", { symbol }];

  it("is a step of the report and a task of its plan", async () => {
    const report = await asking([call("AAPL")], { managerTools: [returning(0.25)] });
    expect(report.steps).toMatchObject([{ agent: "manager", tool: "my_figure", summary: "figure 0.25" }]);
    expect(report.plan).toMatchObject([{ tool: "my_figure", status: "done" }]);
    expect(report.unverified).toEqual([]);
  });

  it("tells the model what is wrong, and goes on", async () => {
    const report = await asking([call("NONE")], { managerTools: [returning(0)] });
    expect(report.steps).toMatchObject([{ error: "DATA_INSUFFICIENT: There is none." }]);
    expect(report.plan).toMatchObject([{ status: "failed", note: "There is none." }]);
    expect(report.answer).toBe("Done.");
  });

  it.each([NaN, Infinity, -1])("cannot return %d against its schema", async (value) => {
    await expect(asking([call("AAPL")], { managerTools: [returning(value)] })).rejects.toThrow(
      /my_figure returned what its output schema does not allow: figure: /,
    );
  });
});

describe("models and policies of the program", () => {
  const policies = { risk: { volatilityTarget: 0.07 } };

  it("gives one agent a model of its own, the others keep theirs", async () => {
    const report = await asking([["fetch_market_data", { symbols: ["AAPL"], lastMonths: 6 }]]);
    expect(report.model).toBe("FakeBuiltModel");
    expect(report.decisions.llm + report.decisions.fallback).toBe(0);
  });

  it("tells a specialist's model the policy in force, not the one in its prompt", async () => {
    const risk = fakeModel().alwaysThrow(new Error("no"));
    const runtime = createRuntime(config, { models: { risk }, policies });
    const report = await runtime.run(askTool, { request: "How risky is AAPL?" });
    expect(report.decisions.fallback).toBe(1);
    expect(risk.calls[0]?.messages[0]?.text).toContain('"volatilityTarget":0.07');
  });

  it("ends at a look ahead in what a specialist's model asks for: no rules stand in for it", async () => {
    const fetch: [string, object] = ["fetch_market_data", { symbols: ["AAPL"], lastMonths: 6 }];
    const [name, args] = fetch;
    const data = fakeModel();
    data.respond(new AIMessage({ content: "", tool_calls: [{ id: "1", name, args: { ...args } }] }));
    const market: MarketData = {
      ...simulated,
      series: (...asked) =>
        data.calls.length === 0
          ? simulated.series(...asked)
          : Promise.reject(new LookaheadError("A view was asked for what comes after it.")),
    };
    await expect(asking([fetch], { market, models: { data } })).rejects.toMatchObject({ code: "LOOKAHEAD" });
  });

  it("executes the policies and shows in the report that they are not the prompt's", async () => {
    const input = { symbols: ["AAPL", "MSFT"], from: "2024-01-02", to: "2024-06-28" };
    const run = (parts: RuntimeParts): Promise<RunReport> =>
      createRuntime(config, { ...parts, market: simulated }).run(runPipelineTool, input);
    const [usual, own, same] = [
      await run({}),
      await run({ policies }),
      await run({ policies: { risk: {} } }),
    ];
    expect(own.risk?.policy).toEqual({ ...usual.risk?.policy, volatilityTarget: 0.07 });
    expect(own.prompts).toEqual({
      ...usual.prompts,
      risk: expect.stringMatching(/^1\+[0-9a-f]{8}$/) as string,
    });
    expect(same.prompts).toEqual(usual.prompts);
  });
});

describe("a run", () => {
  const fetch = (overrides: object, input: object = {}): Promise<DataReport> =>
    createRuntime(testConfig({ asOf: "2025-06-30", ...overrides })).run(
      defineTool({ ...fetchMarketDataTool, input: fetchInputSchema.extend({ asOf: z.string().optional() }) }),
      { symbols: ["AAPL"], lastMonths: 6, ...input },
    );

  it("is bound to the day that its input names, else to the configured one", async () => {
    expect((await fetch({})).asOf).toBe("2025-06-30T20:00:00.000Z");
    expect((await fetch({}, { asOf: "2025-03-31" })).asOf).toBe("2025-03-31T20:00:00.000Z");
  });

  it("simulates the market of the configured seed", async () => {
    const { hash } = await fetch({ seed: 5 });
    expect((await fetch({ seed: 5 })).hash).toBe(hash);
    expect((await fetch({ seed: 6 })).hash).not.toBe(hash);
  });
});

it("the backtest of the agents' policies knows the program's factors", async () => {
  const runtime = createRuntime(config, {
    market: simulated,
    factors: [factor("mine")],
    policies: { alpha: { factors: [{ name: "mine", lookbackBars: 5, weight: 1 }] } },
  });
  const { dataSetId } = await runtime.run(fetchMarketDataTool, { symbols: ["AAPL", "MSFT"], lastMonths: 6 });
  const { metrics } = await runtime.run(runBacktestTool, { dataSetId });
  expect(metrics.trades).toBe(2);
});

it("an error at a date of the pipeline ends it; only a lack of history is cash", async () => {
  const runtime = createRuntime(config, {
    market: simulated,
    factors: [{ ...factor("mine"), score: () => 2 }],
    policies: { alpha: { factors: [{ name: "mine", lookbackBars: 5, weight: 1 }] } },
  });
  await expect(
    runtime.run(runPipelineTool, { symbols: ["AAPL"], from: "2024-01-02", to: "2024-06-28" }),
  ).rejects.toMatchObject({ code: "BAD_ARGUMENT" });
});

describe("a source of the program", () => {
  type Series = Awaited<ReturnType<MarketData["series"]>>;

  it.each<[string, (series: Series, all: Series) => Series["bars"], RegExp]>([
    ["later bars than were asked for", (_, all) => all.bars, /gave AAPL a bar that closes at 2025-0/],
    ["another symbol", ({ bars }) => ({ ...bars, symbol: "MSFT" }), /gave AAPL bars that are called MSFT/],
    [
      "a column that is too short",
      ({ bars }) => ({ ...bars, volume: bars.volume.subarray(1) }),
      /bars with \d+ values in the column volume/,
    ],
    [
      "a price that is none",
      ({ bars }) => ({ ...bars, low: bars.low.with(7, NaN) }),
      /gave AAPL the low NaN at index 7/,
    ],
    [
      "bars newest first",
      ({ bars }) => ({ ...bars, time: bars.time.toReversed(), closeTime: bars.closeTime.toReversed() }),
      /index 1 that does not follow/,
    ],
  ])("is refused where it gives %s", async (_, spoil, message) => {
    const market: MarketData = {
      ...simulated,
      source: "mine",
      series: async (symbol, until) => {
        const series = await simulated.series(symbol, until);
        return { ...series, bars: spoil(series, await simulated.series(symbol, Infinity)) };
      },
    };
    const fetched = createRuntime(config, { market }).run(fetchMarketDataTool, {
      symbols: ["AAPL"],
      to: "2024-12-31",
    });
    await expect(fetched).rejects.toMatchObject({
      code: "DATA_INVALID",
      message: expect.stringMatching(message) as string,
    });
  });

  it("may be a class", async () => {
    class Source implements MarketData {
      readonly source = "mine";
      readonly simulated = true;
      readonly benchmark = null;
      readonly list = () => simulated.list();
      async latest(symbols: readonly string[]): Promise<number> {
        return simulated.latest(symbols);
      }
      async series(symbol: string, until: number): Promise<Series> {
        const { bars, findings } = await simulated.series(symbol, until);
        return { bars: sliceBars(bars, 10, bars.length), findings };
      }
    }
    const runtime = createRuntime(config, { market: new Source() });
    const report = await runtime.run(fetchMarketDataTool, { symbols: ["AAPL"], lastMonths: 6 });
    expect(report.source).toBe("mine");
  });
});
