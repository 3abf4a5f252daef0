import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, inject, it } from "vitest";
import { runCli } from "../src/cli/run-cli.ts";
import { statusOfRun } from "../src/cli/run-status.ts";
import type { ConfigInput } from "../src/config.ts";
import { diffRuns } from "../src/domain/run/diff-runs.ts";
import { lasting } from "../src/domain/run/lasting.ts";
import { type RunReport, runReportSchema } from "../src/domain/run/report.ts";
import { createApp } from "../src/server/app.ts";
import { listRunsTool } from "../src/tools/list-runs.ts";
import { recallTool } from "../src/tools/recall.ts";
import { runPipelineTool } from "../src/tools/run-pipeline.ts";
import { showRunTool } from "../src/tools/show-run.ts";
import type { Reply } from "./support/chat-completions-server.ts";
import {
  type AgentScripts,
  ask,
  calls,
  FETCH,
  type Heard,
  inTurn,
  type Player,
  scriptedTeam,
  specialist,
  type Team,
} from "./support/scripted-team.ts";
import { scriptedIo } from "./support/scripted-io.ts";

/** 124 bars, so that 32 bars apart there are four dates, and twelve decisions. */
const INPUT = {
  symbols: ["AAPL", "JPM"],
  from: "2025-02-01",
  to: "2025-08-01",
  agents: "llm" as const,
  rebalance: 32,
};

const DOWN: Reply = { status: 500, message: "boom" };

const open: Team[] = [];
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await Promise.all(open.splice(0).map(async ({ server }) => server.close()));
});

/** Each team has a home of its own: answers that another was given are no answers here. */
async function team(scripts: AgentScripts, settings: ConfigInput = {}): Promise<Team> {
  const home = mkdtempSync(join(inject("homes"), "partial-"));
  const { openai, ...rest } = settings;
  const one = await scriptedTeam(scripts, { home, openai: { streaming: false, ...openai }, ...rest });
  open.push(one);
  return one;
}

/**
 * An honest specialist that from its n-th decision on (counted from 0), and for so many, does something else in place of its
 * report. Its first question may be the same at every date, and is then asked once.
 */
function until(n: number, instead: Player, times = Infinity): Player {
  const honest = specialist();
  let decisions = 0;
  return async (heard) => {
    if (heard.turn === 1) decisions += 1;
    const failing = heard.turn === 1 && decisions > n && decisions <= n + times;
    return failing ? instead(heard) : honest(heard);
  };
}

const pipeline = async (one: Team): Promise<RunReport> => one.runtime.run(runPipelineTool, INPUT);

const stretches = ({ provenance }: RunReport): unknown[] =>
  provenance.where.map(({ agent, from, to, count, reason }) => [
    agent,
    from,
    to,
    count,
    /^[A-Z_]+/.exec(reason)?.[0],
  ]);

interface Between {
  readonly baseUrl: string;
  kill(): Promise<void>;
  revive(): Promise<void>;
}

/** A process between a team and its endpoint, which can be killed, sockets and all, and started again. */
async function between(behind: Team): Promise<Between> {
  const script = (port: string): string => `const net = require("node:net");
    const server = net.createServer((socket) => {
      const onward = net.connect(${new URL(behind.server.baseUrl).port}, "127.0.0.1");
      socket.pipe(onward).pipe(socket);
      for (const end of [socket, onward]) end.on("error", () => end.destroy());
    });
    server.listen(${port}, "127.0.0.1", () => console.log(server.address().port));`;
  const start = async (wanted: string): Promise<{ child: ChildProcess; port: string }> => {
    const child = spawn(process.execPath, ["-e", script(wanted)], { stdio: ["ignore", "pipe", "inherit"] });
    children.push(child);
    const [said] = (await once(child.stdout, "data")) as [Buffer];
    return { child, port: said.toString().trim() };
  };
  let { child, port } = await start("0");
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    kill: async () => {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
    revive: async () => {
      ({ child, port } = await start(port));
    },
  };
}

it("ends the figures where the endpoint was killed, takes the run up again, and replays both", async () => {
  const living = await pipeline(await team({}));
  const dates = living.rebalances.map(({ time }) => time);
  expect(dates).toHaveLength(4);
  expect(living).toMatchObject({ status: "done", provenance: { result: "llm", modelShare: 1, where: [] } });

  let kill = async (): Promise<void> => Promise.resolve();
  const behind = await team({
    portfolio: until(
      2,
      async () => {
        await kill();
        return DOWN;
      },
      1,
    ),
  });
  const endpoint = await between(behind);
  ({ kill } = endpoint);
  const one = await team({}, { openai: { baseUrl: endpoint.baseUrl } });
  const report = await pipeline(one);

  expect(statusOfRun(report)).toBe(4);
  expect(report).toMatchObject({
    status: "partial",
    decisions: { llm: 10, cache: 0, fallback: 2, rules: 0 },
    provenance: { result: "partial", modelShare: 10 / 12, minModelShare: 0.95 },
  });
  expect(stretches(report)).toEqual([["portfolio", dates[2], dates[3], 2, "MODEL_UNREACHABLE"]]);
  // Up to there it is the book of the model, to the bit.
  const before = living.equity.filter(([time]) => time <= (dates[2] ?? ""));
  expect(before.length).toBeGreaterThan(60);
  expect(report.equity).toEqual(before);
  expect(report.backtest?.to).toBe(dates[2]);
  expect(report.weights).toEqual(living.rebalances[1]?.weights);
  expect([report.signals, report.risk, report.portfolio].map((made) => made !== null)).toEqual([
    true,
    true,
    true,
  ]);
  expect(report.portfolio?.asOf).toBe(dates[1]);
  expect(report.risk?.asOf).toBe(dates[1]);
  expect(report.rebalances.map(({ standIns }) => standIns)).toEqual([
    undefined,
    undefined,
    ["portfolio"],
    ["portfolio"],
  ]);
  expect(report.backtest?.flags).toContainEqual(expect.stringMatching(/^Partial: the figures end at/));
  // Nothing of it is remembered.
  const recall = { symbols: ["AAPL"] };
  expect((await one.runtime.run(recallTool, recall)).decisions).toEqual([]);

  const replayed = await one.runtime.replay(report.runId);
  expect(replayed).toMatchObject({ identical: true, changed: [] });
  const { runs } = await one.runtime.run(listRunsTool, { status: "partial" });
  expect(runs.map(({ id }) => id)).toEqual([report.runId]);

  // The endpoint is back, and is asked what is missing: one report, and the two calls of the last decision.
  const partial = await one.runtime.run(showRunTool, { id: report.runId });
  await endpoint.revive();
  const asked = behind.server.requests.length;
  const whole = runReportSchema.parse(await one.runtime.resume(report.runId));
  expect(behind.server.requests).toHaveLength(asked + 3);
  expect(whole).toMatchObject({ runId: report.runId, status: "done", provenance: living.provenance });
  expect(whole.decisions).toEqual(living.decisions);
  expect({ ...lasting(whole), prompts: 0 }).toEqual({ ...lasting(living), prompts: 0 });
  expect(await one.runtime.replay(report.runId)).toMatchObject({ identical: true });
  await expect(one.runtime.resume(report.runId)).rejects.toMatchObject({ code: "BAD_ARGUMENT" });
  expect((await one.runtime.run(recallTool, recall)).decisions).toHaveLength(1);

  // Figures of a part are not set against those of the whole.
  const { money, status } = diffRuns(partial, await one.runtime.run(showRunTool, { id: report.runId }));
  expect(status).toEqual({ a: "partial", b: "done" });
  expect(money.map(({ a, b, difference }) => [a !== null, b !== null, difference])).toEqual(
    money.map(() => [true, true, null]),
  );

  // Once more, from what is held alone.
  await kill();
  const cached = await pipeline(one);
  expect(cached).toMatchObject({
    status: "done",
    decisions: { llm: 0, cache: 12, fallback: 0 },
    provenance: { result: "llm", modelShare: 1 },
  });
  expect(cached.equity).toEqual(living.equity);
});

it.each([
  ["alpha", { llm: 2, fallback: 10 }],
  ["risk", { llm: 6, fallback: 6 }],
] as const)(
  "has no figures where the endpoint dies in the middle of %s: rules made every book",
  async (agent, by) => {
    const scripts = {
      [agent]: until(2, async () => {
        await one.server.close();
        return DOWN;
      }),
    };
    const one: Team = await team(scripts);
    const report = await pipeline(one);
    expect(report).toMatchObject({
      status: "partial",
      decisions: { ...by, cache: 0, rules: 0 },
      metrics: null,
      benchmark: null,
      verdict: null,
      backtest: null,
      risk: null,
      portfolio: null,
    });
    expect([report.equity, report.tradeList, report.signals, report.weights]).toEqual([[], [], [], {}]);
    const [first, , third, last] = report.rebalances.map(({ time }) => time);
    const later = agent === "alpha" ? ["risk", "portfolio"] : ["portfolio"];
    expect(stretches(report)).toEqual([
      [agent, third, last, 2, "MODEL_UNREACHABLE"],
      // Asked three times in vain, and then not any more.
      ...later.flatMap((next) => [
        [next, first, third, 3, "MODEL_UNREACHABLE"],
        [next, last, last, 1, "MODEL_UNREACHABLE"],
      ]),
    ]);
    expect(report.provenance.where.at(-1)?.reason).toMatch(
      /not asked any more in this stage, after 3 failures/,
    );
  },
);

it("gives up on an endpoint that hangs after three waits a stage", async () => {
  const hang: Player = () => ({ hang: true });
  const one = await team(
    { data: hang, alpha: hang, risk: hang, portfolio: hang },
    { openai: { timeoutSeconds: 0.05 } },
  );
  const report = await one.runtime.run(runPipelineTool, { ...INPUT, rebalance: 16 });
  expect(report.rebalances).toHaveLength(8);
  expect(report.decisions).toEqual({ llm: 0, cache: 0, fallback: 24, rules: 0 });
  for (const agent of ["alpha", "risk", "portfolio"]) expect(one.requestsOf(agent)).toHaveLength(3);
  expect(
    report.provenance.where.map(({ agent, count, reason }) => [agent, count, reason.slice(0, 13)]),
  ).toEqual([
    ["data", 1, "MODEL_TIMEOUT"],
    ...["alpha", "risk", "portfolio"].flatMap((agent) => [
      [agent, 3, "MODEL_TIMEOUT"],
      [agent, 5, "MODEL_TIMEOUT"],
    ]),
  ]);
});

it.each([
  [0.75, "llm", "done"],
  [0.76, "partial", "partial"],
] as const)(
  "with a least share of %s, nine of twelve decisions make it %s",
  async (minModelShare, result, status) => {
    // Alpha fails at the second date and comes back, risk at the last two.
    const one = await team({ alpha: until(1, () => DOWN, 1), risk: until(2, () => DOWN) }, { minModelShare });
    const report = await pipeline(one);
    const [, second, third, last] = report.rebalances.map(({ time }) => time);
    expect(report).toMatchObject({ status, provenance: { result, modelShare: 0.75, minModelShare } });
    expect(stretches(report)).toEqual([
      ["alpha", second, second, 1, "MODEL_UNREACHABLE"],
      ["risk", third, last, 2, "MODEL_UNREACHABLE"],
    ]);
    expect(report.backtest?.to.slice(0, 10)).toBe(result === "llm" ? "2025-08-01" : second?.slice(0, 10));
    expect(report.backtest?.flags).toContainEqual(
      expect.stringMatching(
        result === "llm" ? /^Rules stood in for the model in 3 decisions, at 3 dates/ : /^Partial/,
      ),
    );
    // What rules decided is remembered as theirs, where it is remembered.
    const { decisions } = await one.runtime.run(recallTool, { symbols: ["AAPL"] });
    expect(decisions.map(({ by }) => by)).toEqual(
      result === "llm" ? [{ alpha: "llm", risk: "fallback", portfolio: "llm" }] : [],
    );
  },
);

it("is called no LLM result on the command line, in its tear sheet, in the list and over HTTP", async () => {
  const one = await team({ portfolio: until(2, () => DOWN) });
  const finagent = async (...argv: string[]): Promise<{ status: number; said: string }> => {
    const { io, stdout } = scriptedIo();
    return { status: await runCli(argv, io, async () => Promise.resolve(one.runtime)), said: stdout() };
  };
  const sheet = join(mkdtempSync(join(inject("homes"), "sheet-")), "out.html");
  const { symbols, from, to, rebalance } = INPUT;
  const flags = [
    "--symbols",
    symbols.join(","),
    "--from",
    from,
    "--to",
    to,
    "--rebalance",
    String(rebalance),
  ];
  const ran = await finagent("pipeline", ...flags, "--agents", "llm", "--report", sheet);
  const page = readFileSync(sheet, "utf8");
  const [run] = (await one.runtime.run(listRunsTool, {})).runs;
  const shown = await finagent("runs", "show", run?.id ?? "");
  const listed = await finagent("runs", "list");
  expect([ran.status, shown.status, listed.status]).toEqual([4, 0, 0]);
  for (const said of [ran.said, shown.said, page]) {
    expect(said).toContain("PARTIAL");
    expect(said).toMatch(/not\s+an\s+LLM\s+result/i);
    expect(said.replaceAll(/not\s+an\s+LLM\s+result/gi, "")).not.toMatch(/LLM\s+result/i);
    expect(said).toMatch(/portfolio, 2\s+times\s+from/);
    expect(said.replaceAll(/\s+/g, " ")).toContain(`resume ${run?.id}`);
  }
  expect(listed.said).toMatch(/run_pipeline +partial/);

  const app = createApp(one.runtime);
  const post = async (accept: string): Promise<Response> =>
    app.request("/pipeline", {
      method: "POST",
      headers: { "content-type": "application/json", accept },
      body: JSON.stringify({ ...INPUT, rebalance: 64 }),
    });
  const [json, events] = [await post("application/json"), await post("text/event-stream")];
  expect([json.status, events.status]).toEqual([200, 200]);
  expect(await json.json()).toMatchObject({ status: "partial", provenance: { result: "partial" } });
  const told = /event: report\ndata: (.*)/.exec(await events.text())?.[1] ?? "";
  expect(JSON.parse(told)).toMatchObject({ report: { status: "partial" } });
});

it("has a tear sheet of nothing where rules decided from the first date on, and prints the report", async () => {
  const one = await team({ alpha: () => DOWN });
  const { io, stdout, stderr } = scriptedIo();
  const sheet = join(mkdtempSync(join(inject("homes"), "sheet-")), "out.html");
  const { symbols, from, to } = INPUT;
  const flags = ["--symbols", symbols.join(","), "--from", from, "--to", to, "--rebalance", "64"];
  const argv = ["pipeline", ...flags, "--agents", "llm", "--report", sheet];
  expect(await runCli(argv, io, async () => Promise.resolve(one.runtime))).toBe(4);
  expect(stderr()).toContain("No report was written");
  expect(stdout()).toMatch(/PARTIAL/);
  expect(stdout()).not.toMatch(/Sharpe|Total return/);
});

it("says in an answer that rules stood in, whatever the manager says, and streams it once", async () => {
  const manager = inTurn(
    calls(FETCH),
    (heard: Heard): Reply => calls(ask.alpha(heard), ask.risk(heard)),
    (heard: Heard): Reply => calls(ask.portfolio(heard)),
    { text: "All is well." },
  );
  const one = await team({ manager, risk: () => DOWN }, { openai: { streaming: true } });
  const spoken: string[] = [];
  const report = await one.ask(
    {},
    { onEvent: (event) => void (event.type === "token" && spoken.push(event.text)) },
  );
  const notice =
    "**Partial, not an LLM result:** the model failed for risk (MODEL_UNREACHABLE), and rules decided in its place.";
  expect(report).toMatchObject({
    status: "partial",
    answer: `All is well.\n\n${notice}`,
    unverified: [],
    provenance: { result: "partial", modelShare: 2 / 3 },
  });
  expect(stretches(report)).toEqual([["risk", report.data?.asOf, report.data?.asOf, 1, "MODEL_UNREACHABLE"]]);
  expect(statusOfRun(report)).toBe(4);
  expect(spoken.join("")).toBe(report.answer);
  expect((await one.runtime.replay(report.runId)).identical).toBe(true);
});

it("is partial where the specialists' endpoint dies in the middle of an answer, until it is taken up again", async () => {
  let alive = true;
  const risk = specialist();
  const one = await team(
    { risk: async (heard) => (alive ? risk(heard) : DOWN) },
    { models: { manager: "offline" } },
  );
  alive = false;
  const report = await one.ask({
    request: "Propose a portfolio of AAPL, MSFT and JPM from the last 6 months",
  });
  expect(report).toMatchObject({ status: "partial", decisions: { llm: 2, fallback: 1 } });
  expect(report.answer).toContain("**Partial, not an LLM result:**");
  alive = true;
  const asked = one.server.requests.length;
  const whole = runReportSchema.parse(await one.runtime.resume(report.runId));
  expect(whole).toMatchObject({
    status: "done",
    decisions: { llm: 3, fallback: 0 },
    provenance: { result: "llm" },
  });
  // Risk, and the portfolio that stands on it where that is another question by then.
  expect(one.server.requests.length - asked).toBeLessThanOrEqual(4);
  expect(whole.answer).not.toContain("LLM result");
});
