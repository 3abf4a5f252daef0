import { afterEach, describe, expect, it } from "vitest";
import type { RunReport } from "../src/domain/run/report.ts";
import type { Reply, ScriptedCall } from "./support/chat-completions-server.ts";
import {
  ask,
  call,
  calls,
  FETCH,
  type Heard,
  inTurn,
  type Player,
  scriptedTeam,
  type Team,
} from "./support/scripted-team.ts";

const RULES_ELSEWHERE = {
  models: { data: "offline", alpha: "offline", risk: "offline", portfolio: "offline", backtest: "offline" },
} as const;

const teams: Team[] = [];

afterEach(async () => {
  await Promise.all(teams.splice(0).map(async ({ server }) => server.close()));
});

/** A run of the manager's script; the specialists go by their rules. */
async function run(manager: Player, streaming = false): Promise<{ report: RunReport; team: Team }> {
  const team = await scriptedTeam({ manager }, { ...RULES_ELSEWHERE, openai: { streaming } });
  teams.push(team);
  return { report: await team.ask(), team };
}

/** What the model read as the answer to a call: the last tool message of its next request. */
function toldAfter(team: Team, turn: number): string {
  const { messages } = team.requestsOf("manager")[turn] ?? { messages: [] };
  return String(messages.findLast((message) => message.role === "tool")?.content);
}

const done: Player = (heard) => ({ text: `${String(heard.result("fetch_market_data")["rows"])} bars.` });

describe.each([
  { way: "streaming", streaming: true },
  { way: "not streaming", streaming: false },
])("a call that is wrong, $way", ({ streaming }) => {
  it.each<[string, ScriptedCall["args"], RegExp]>([
    ["cut off", '{"symbols": ["AAPL"', /BAD_ARGUMENT.*fetch_market_data were not a JSON object/],
    ["no JSON at all", "AAPL please", /BAD_ARGUMENT.*not a JSON object/],
    ["a list", '["AAPL"]', /BAD_ARGUMENT.*not a JSON object/],
    ["null", "null", /BAD_ARGUMENT.*not a JSON object/],
  ])("arguments %s: the model is told, and corrects them", async (_name, args, told) => {
    const { report, team } = await run(
      inTurn(calls(call("fetch_market_data", args)), calls(FETCH), done),
      streaming,
    );
    expect(toldAfter(team, 1)).toMatch(told);
    expect(report).toMatchObject({ status: "done", answer: expect.stringMatching(/^\d+ bars\.$/) as string });
    expect(report.unverified).toEqual([]);
    expect(report.data?.symbols).toEqual(["AAPL", "MSFT", "JPM"]);
  });

  it("a tool that is not there: the model is told which there are", async () => {
    const { report, team } = await run(
      inTurn(calls(call("place_order", { symbol: "AAPL" })), calls(FETCH), done),
      streaming,
    );
    expect(toldAfter(team, 1)).toMatch(/place_order.*fetch_market_data/);
    expect(report.status).toBe("done");
    expect(report.steps.map((step) => step.tool)).toEqual(["fetch_market_data"]);
  });

  it("no arguments at all are an empty object", async () => {
    const list = inTurn(calls(call("list_symbols", "")), (heard) => ({
      text: String(heard.result("list_symbols")["source"]),
    }));
    expect((await run(list, streaming)).report.answer).toBe("simulated");
  });

  it("good and bad calls in one message each get their answer", async () => {
    const { report, team } = await run(
      inTurn(calls(FETCH, call("fetch_market_data", "{"), call("nonsense"), call("list_symbols")), done),
      streaming,
    );
    const { messages } = team.requestsOf("manager")[1] ?? { messages: [] };
    expect(messages.filter((message) => message.role === "tool")).toHaveLength(4);
    expect(report.status).toBe("done");
  });
});

describe("fields, names and ids that are wrong", () => {
  it.each<[string, ScriptedCall["args"], RegExp]>([
    ["without a field", {}, /BAD_ARGUMENT.*symbols: is missing/],
    ["of another shape", { symbols: "AAPL" }, /BAD_ARGUMENT.*symbols: must be a list/],
    ["a field that is not there", { symbols: ["AAPL"], period: "6m" }, /BAD_ARGUMENT.*"?period/],
    ["a date that is none", { symbols: ["AAPL"], from: "2025-02-30" }, /BAD_ARGUMENT.*from/],
    ["two beginnings", { symbols: ["AAPL"], from: "2025-01-02", lastMonths: 3 }, /BAD_ARGUMENT.*lastMonths/],
    ["the future", { symbols: ["AAPL"], to: "2031-01-02" }, /FUTURE_DATE.*2031-01-02/],
  ])("arguments %s: the field is named, and the model corrects it", async (_name, args, told) => {
    const { report, team } = await run(inTurn(calls(call("fetch_market_data", args)), calls(FETCH), done));
    expect(toldAfter(team, 1)).toMatch(told);
    expect(report.data?.symbols).toEqual(["AAPL", "MSFT", "JPM"]);
  });

  it("an unknown symbol comes back with near names, and the corrected call succeeds", async () => {
    const { report, team } = await run(
      inTurn(
        calls(call("fetch_market_data", { symbols: ["NVDAA"] })),
        calls(call("fetch_market_data", { symbols: ["NVDA"] })),
        done,
      ),
    );
    expect(toldAfter(team, 1)).toMatch(/UNKNOWN_SYMBOL.*NVDAA.*NVDA\b/);
    expect(report.data?.symbols).toEqual(["NVDA"]);
    expect(report.steps.map(({ error }) => error?.split(":")[0])).toEqual(["UNKNOWN_SYMBOL", undefined]);
    // The plan shows what happened: the task failed and then was done.
    expect(report.plan.map(({ status }) => status)).toEqual(["done"]);
  });

  it("no portfolio without risk: the missing id is named, and where to get it", async () => {
    const early = (heard: Heard): Reply =>
      calls(
        call("ask_portfolio_agent", {
          dataSetId: heard.latest("dataSetId"),
          alphaId: heard.latest("alphaId"),
        }),
      );
    const { report, team } = await run(
      inTurn(
        calls(FETCH),
        (heard) => calls(ask.alpha(heard)),
        early,
        (heard) => calls(ask.risk(heard)),
        (heard) => calls(ask.portfolio(heard)),
        { text: "Done." },
      ),
    );
    expect(toldAfter(team, 3)).toMatch(/BAD_ARGUMENT.*riskId/);
    expect(Object.keys(report.weights).length).toBeGreaterThan(0);
  });

  it("the risk of another data set is refused, and which it must be is said", async () => {
    const other = call("fetch_market_data", { symbols: ["XOM", "JPM"], lastMonths: 12 });
    let first: unknown;
    const { report, team } = await run(
      inTurn(
        calls(FETCH),
        (heard) => {
          first = heard.latest("dataSetId");
          return calls(ask.alpha(heard));
        },
        calls(other),
        (heard) => calls(ask.risk(heard)),
        (heard) =>
          calls(
            call("ask_portfolio_agent", {
              dataSetId: first,
              alphaId: heard.latest("alphaId"),
              riskId: heard.latest("riskId"),
            }),
          ),
        { text: "It cannot be done." },
      ),
    );
    expect(toldAfter(team, 5)).toContain(`not of ${String(first)}`);
    expect(report).toMatchObject({ weights: {}, portfolio: null });
  });

  it.each([
    ["ask_alpha_agent", { dataSetId: "no-such-id" }, /UNKNOWN_ARTIFACT.*no-such-id.*fetch_market_data/],
    ["ask_risk_agent", { dataSetId: "" }, /UNKNOWN_ARTIFACT.*fetch_market_data/],
    ["run_backtest", { dataSetId: "dataSetId" }, /UNKNOWN_ARTIFACT.*fetch_market_data/],
  ])("%s with an id that does not exist", async (tool, args, told) => {
    const { report, team } = await run(inTurn(calls(call(tool, args)), { text: "It cannot be done." }));
    expect(toldAfter(team, 1)).toMatch(told);
    expect(report.plan).toMatchObject([{ tool, status: "failed" }]);
  });

  it("a plan that is no plan", async () => {
    const task = { id: "a", tool: "fetch_market_data", purpose: "prices" };
    const { report, team } = await run(
      inTurn(
        calls(call("write_plan", { tasks: [{ ...task, dependsOn: ["b"] }] })),
        calls(call("write_plan", { tasks: [{ id: "a" }] })),
        calls(call("write_plan", { tasks: [task] })),
        calls(FETCH),
        done,
      ),
    );
    expect(toldAfter(team, 1)).toMatch(/BAD_ARGUMENT.*depends on \\"b\\"/);
    expect(toldAfter(team, 2)).toMatch(/BAD_ARGUMENT.*tasks\.0\.tool/);
    expect(report.plan).toMatchObject([{ id: "a", status: "done" }]);
  });

  it("an endpoint that repeats the ids of calls or gives none", async () => {
    const same = (name: string, args: ScriptedCall["args"]): Reply => calls({ id: "call_0", name, args });
    const { report } = await run(
      inTurn(
        same("fetch_market_data", FETCH.args),
        (heard) => same("ask_alpha_agent", { dataSetId: heard.latest("dataSetId") }),
        (heard) => calls({ ...ask.risk(heard), id: "" }, { ...call("list_symbols"), id: "" }),
        { text: "Done." },
      ),
    );
    expect(report.steps.map(({ tool }) => tool)).toEqual([
      "fetch_market_data",
      "ask_alpha_agent",
      "ask_risk_agent",
      "list_symbols",
    ]);
  });
});
