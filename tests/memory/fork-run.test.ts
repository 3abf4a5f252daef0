import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { z } from "zod";
import type { RunEvent } from "../../src/domain/run/event.ts";
import { replayedSchema } from "../../src/domain/run/replayed.ts";
import { runDiffSchema } from "../../src/domain/run/run-diff.ts";
import { type RunReport, runReportSchema } from "../../src/domain/run/report.ts";
import { type RunRecord, runRecordSchema } from "../../src/domain/run/run-record.ts";
import { createRuntime } from "../../src/runtime.ts";
import { runPipelineTool } from "../../src/tools/run-pipeline.ts";
import { finagentHere } from "../support/finagent-here.ts";
import type { Ended } from "../support/finagent-process.ts";
import { csv, folderOf, goodRows, withCell } from "../support/price-folders.ts";
import { testConfig } from "../support/test-config.ts";

const home = mkdtempSync(join(inject("homes"), "fork-"));
const folder = folderOf({
  "AAA.csv": csv(goodRows()),
  "BBB.csv": csv(
    goodRows().map((row, i) => row.replace(/^([^,]*),.*/, (_, day: string) => `${day},${bar(i)}`)),
  ),
});

/** Another course than that of `goodRows`. */
function bar(i: number): string {
  const [open, close] = [i, i + 1].map((at) => 50 + 9 * Math.cos(at / 11) + at / 20);
  return [open, Math.max(open ?? 0, close ?? 0) + 1, Math.min(open ?? 0, close ?? 0) - 1, close]
    .map((price) => price?.toFixed(2))
    .concat("2000000")
    .join(",");
}

const run = async (...words: string[]): Promise<Ended> => finagentHere(words, { home });

const json = async (...words: string[]): Promise<unknown> =>
  JSON.parse((await run(...words, "--json")).stdout);
const show = async (id: string): Promise<RunRecord> => runRecordSchema.parse(await json("runs", "show", id));

const runsSchema = z.object({ runs: z.array(z.object({ id: z.string() })) });

const forkedSchema = z.object({
  run: z.string(),
  at: z.string().nullable(),
  report: runReportSchema,
  diff: runDiffSchema,
});
type Forked = z.output<typeof forkedSchema>;

async function fork(id: string, at: string | null, ...set: string[]): Promise<Forked> {
  const where = at === null ? [] : ["--at", at];
  const settings = set.flatMap((one) => ["--set", one]);
  return forkedSchema.parse(await json("runs", "fork", id, ...where, ...settings));
}

const input = { symbols: ["AAA", "BBB"], from: "2024-07-01", rebalance: 15 };
let first: RunReport;

/** The same pipeline with something else from its beginning, by a runtime that knows of no fork. */
async function anew(over: object, parts = {}): Promise<RunReport> {
  const other = createRuntime(testConfig({ home: `${home}-anew`, data: `csv:${folder}` }), parts);
  const report = await other.run(runPipelineTool, { ...input, ...over });
  await other.close();
  return report;
}

const figures = ({ metrics, equity, rebalances, weights, risk }: RunReport): object => ({
  metrics,
  equity,
  rebalances,
  weights,
  risk,
});

beforeAll(async () => {
  const command = "pipeline --symbols AAA,BBB --from 2024-07-01 --rebalance 15 --data";
  first = runReportSchema.parse(await json(...command.split(" "), `csv:${folder}`));
});

afterAll(() => {
  for (const at of [home, `${home}-anew`, folder]) rmSync(at, { recursive: true, force: true });
});

it("replays a pipeline to the same report, and says what was compared", async () => {
  const { status, stdout } = await run("runs", "replay", "latest");
  expect(status).toBe(0);
  expect(stdout).toMatch(/identical[^]*Report +[0-9a-f]{64}[^]*Steps +5/);
});

it("forks a pipeline at a step: what comes before is not done again, and the rest is as with the change from the beginning", async () => {
  const set = "input.risk.volatilityTarget=0.05";
  const forked = await fork(first.runId, "assess_risk", set);
  expect(figures(forked.report)).toEqual(figures(await anew({ risk: { volatilityTarget: 0.05 } })));
  expect(forked.report.steps.map(({ agent }) => agent)).toEqual([
    "data",
    "alpha",
    "risk",
    "portfolio",
    "backtest",
  ]);
  const { run: header, events } = await show(forked.run);
  const done = events.flatMap((event) => (event.type === "step-finished" ? [event.step.tool] : []));
  expect(done).toEqual(["ask_risk_agent", "ask_portfolio_agent", "run_backtest"]);
  expect(header.forkedFrom).toEqual({
    id: first.runId,
    at: "assess_risk",
    set: { "input.risk.volatilityTarget": 0.05 },
  });

  const listed = (await run("runs", "list")).stdout.split("\n");
  expect(listed.find((line) => line.includes(forked.run))).toContain("run_pipeline (fork)");
  expect(listed.find((line) => line.includes(first.runId))).not.toContain("fork");

  const { stdout } = await run("runs", "show", forked.run);
  expect(stdout.replaceAll(/\s+/g, " ")).toMatch(
    /Fork of +\S+ at assess_risk, with input\.risk\.volatilityTarget=0\.05/,
  );

  const { decisions, money, identity } = forked.diff;
  expect(identity).toEqual([{ field: "input.risk.volatilityTarget", b: 0.05 }]);
  const differing = forked.report.rebalances.filter(
    ({ weights, allowedExposure }, at) =>
      JSON.stringify([weights, allowedExposure]) !==
      JSON.stringify([first.rebalances[at]?.weights, first.rebalances[at]?.allowedExposure]),
  );
  expect(decisions.rebalances).toMatchObject({ a: first.rebalances.length, differing: differing.length });
  expect(decisions.rebalances.first[0]?.time).toBe(differing[0]?.time);
  const [a, b] = [first.equity.at(-1)?.[1] ?? NaN, forked.report.equity.at(-1)?.[1] ?? NaN];
  expect(a).not.toBe(b);
  expect(money[0]).toEqual({ figure: "finalEquity", a, b, difference: b - a });

  // The policy of the agent says the same as the run's override of it; and a fork can be forked, and replayed.
  const policy = await fork(first.runId, "3", "policy.risk.volatilityTarget=0.05");
  expect(figures(policy.report)).toEqual(figures(forked.report));
  const again = await fork(policy.run, "risk", "policy.risk.confidence=0.9");
  const policies = { risk: { volatilityTarget: 0.05, confidence: 0.9 } };
  expect(figures(again.report)).toEqual(figures(await anew({}, { policies })));
  for (const id of [forked.run, policy.run, again.run]) {
    const replayed = replayedSchema.parse(await json("runs", "replay", id));
    expect(replayed).toMatchObject({ run: id, identical: true, steps: 3 });
  }
  expect(runDiffSchema.parse(await json("runs", "diff", first.runId, forked.run))).toEqual(forked.diff);
});

it.each([
  ["score_alpha", "input.rebalance=30", { rebalance: 30 }],
  ["assess_risk", "input.constraints.maxWeight=0.2", { constraints: { maxWeight: 0.2 } }],
  ["build_portfolio", "input.settings.capital=5000", { settings: { capital: 5000 } }],
  ["run_backtest", "input.settings.commission=0.01", { settings: { commission: 0.01 } }],
  [null, 'input.symbols=["BBB"]', { symbols: ["BBB"] }],
])("forks at %s with %s as if it had begun so", async (at, set, over) => {
  const { report } = await fork(first.runId, at, set);
  expect(figures(report)).toEqual(figures(await anew(over)));
  expect(report.equity).not.toEqual(first.equity);
});

it.each([
  ["run_backtest", "input.risk.volatilityTarget=0.05", /at run_backtest it comes too late; assess_risk is/],
  ["assess_risk", "seed=2", /at assess_risk it comes too late; fetch_data is/],
  [null, "input.settings.comission=0", /settings\.comission: there is no such field/],
  [null, "policy.risk.nosuch=1", /policy\.risk\.nosuch: there is no such field/],
  [null, "policy.risk.confidence=2", /policy\.risk\.confidence/],
  [null, "request=Hello", /request: run_pipeline takes no request/],
  [null, "prompt.manager=Hello", /prompt\.manager: no step of a pipeline looks at it/],
  [null, "colour=red", /colour: there is no such setting/],
  ["nosuch", "seed=2", /a pipeline has no step "nosuch"/],
])("refuses a fork at %s with %s, and keeps nothing of it", async (at, set, message) => {
  const before = await run("runs", "list");
  const where = at === null ? [] : ["--at", at];
  const { status, stderr } = await run("runs", "fork", first.runId, "--set", set, ...where);
  expect(status).toBe(2);
  expect(stderr.replaceAll(/\s+/g, " ")).toMatch(message);
  expect(await run("runs", "list")).toEqual(before);
});

it("takes up a fork that was stopped, with what the fork had changed", async () => {
  const runtime = createRuntime(testConfig({ home, data: `csv:${folder}` }));
  const stop = new AbortController();
  let id = "";
  const stopped = runtime.fork(
    first.runId,
    { at: "assess_risk", set: { "policy.risk.volatilityTarget": 0.05 } },
    {
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type === "started") id = event.runId;
        if (event.type === "step-finished") stop.abort();
      },
    },
  );
  await expect(stopped).rejects.toThrow();
  const report = runReportSchema.parse(await runtime.resume(id));
  await runtime.close();
  expect(figures(report)).toEqual(figures(await anew({ risk: { volatilityTarget: 0.05 } })));
});

it("names the data as the reason where they have changed since", async () => {
  const stopped = new AbortController();
  const interrupted = createRuntime(testConfig({ home, data: `csv:${folder}` }));
  const input = { symbols: ["AAA"], from: "2024-07-01" };
  const onEvent = (event: RunEvent): void =>
    void (event.type === "step-finished" && event.step.agent === "alpha" && stopped.abort());
  const running = interrupted.run(runPipelineTool, input, { signal: stopped.signal, onEvent });
  await expect(running).rejects.toThrow();
  await interrupted.close();

  const open = goodRows()[198]?.split(",")[1] ?? "";
  writeFileSync(join(folder, "AAA.csv"), csv(withCell(200, "close", open)));
  const { status, stdout } = await run("runs", "replay", first.runId);
  expect(status).toBe(1);
  expect(stdout).toContain(`The data of csv:${folder} had the hash ${first.data?.hash.slice(0, 12)}`);
  expect(stdout).toMatch(/First differences[^]*data\.hash/);

  // What a fork at a step takes over was computed from the prices of before.
  const late = await run(
    "runs",
    "fork",
    first.runId,
    "--at",
    "risk",
    "--set",
    "input.risk.volatilityTarget=0.05",
  );
  expect(late).toMatchObject({ status: 2, stdout: "" });
  const told = late.stderr.replaceAll(/\s+/g, " ");
  expect(told).toContain(
    `The prices of AAA, BBB in csv:${folder} are not those any more that the run ${first.runId} had.`,
  );
  expect(told).toContain("next Leave --at out: the fork then does all its steps with the prices of today.");
  expect(told).not.toContain("fetch_market_data");
  const unfinished =
    runsSchema.parse(await json("runs", "list", "--status", "interrupted")).runs[0]?.id ?? "";
  const resumed = await run("runs", "resume", unfinished);
  expect(resumed).toMatchObject({ status: 2, stdout: "" });
  expect(resumed.stderr.replaceAll(/\s+/g, " ")).toMatch(/The prices of AAA in .* next Run it anew\./);
});
