import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { runRecordSchema, type RunRecord } from "../src/domain/run/run-record.ts";
import { sqliteRecords } from "../src/memory/records/sqlite-records.ts";
import { createRuntime } from "../src/runtime.ts";
import { createApp } from "../src/server/app.ts";
import { listRunsTool } from "../src/tools/list-runs.ts";
import { defineTool } from "../src/tools/tool.ts";
import { finagentHere } from "./support/finagent-here.ts";
import { type Ended, finagent } from "./support/finagent-process.ts";
import { testConfig } from "./support/test-config.ts";

const home = mkdtempSync(join(tmpdir(), "finagent-runs-"));

afterAll(() => rmSync(home, { recursive: true }));

async function run(line: string, input = "", at = home): Promise<Ended> {
  const words = (line.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replaceAll("'", ""));
  return finagentHere(words, { home: at, input });
}

const json = async (line: string): Promise<unknown> => JSON.parse((await run(`${line} --json`)).stdout);

const list = async (flags = ""): Promise<z.output<typeof listRunsTool.output>["runs"]> =>
  listRunsTool.output.parse(await json(`runs list ${flags}`)).runs;

const show = async (id: string): Promise<RunRecord> => runRecordSchema.parse(await json(`runs show ${id}`));

const PERIOD = "--from 2024-01-02 --as-of 2024-06-28";

describe("every run is kept", () => {
  it.each([
    ["ask", "ask 'Analyze AAPL' --as-of 2024-06-28", "Analyze AAPL", "fetch_market_data"],
    ["ask", "chat --as-of 2024-06-28", "Analyze MSFT", "ask_risk_agent"],
    ["run_pipeline", `pipeline --symbols AAPL,MSFT ${PERIOD}`, "AAPL, MSFT", "ask_alpha_agent"],
    [
      "backtest_strategy",
      `backtest --strategy sma-cross --symbols AAPL ${PERIOD}`,
      "sma-cross on AAPL",
      "backtest_on_data_set",
    ],
    [
      "sweep_strategy",
      `sweep --strategy sma-cross --grid fast=5,10 --symbols AAPL ${PERIOD}`,
      "sma-cross on AAPL",
      "sweep_strategy",
    ],
    [
      "stress_strategy",
      `stress --strategy buy-and-hold --symbols AAPL --scenario gap-down ${PERIOD}`,
      "buy-and-hold on AAPL",
      "stress",
    ],
    [
      "compare_strategies",
      `compare sma-cross buy-and-hold --symbols AAPL ${PERIOD}`,
      "sma-cross and buy-and-hold on AAPL",
      "fetch_market_data",
    ],
  ])("%s", async (tool, command, subject, worker) => {
    const { status, stdout } = await run(command, "Analyze MSFT\n");
    expect(status).toBe(0);
    const { run: kept, events, unreadable, report } = await show("latest");
    expect(kept).toMatchObject({
      tool,
      subject,
      status: "done",
      source: "simulated",
      model: "offline",
      seed: 1,
    });
    expect(kept.data?.hash).toMatch(/^[0-9a-f]{16,64}$/);
    expect(kept.prompts["alpha"]).toEqual({
      version: expect.any(String) as string,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect([events[0]?.type, events.at(-1)?.type, unreadable]).toEqual(["started", "finished", 0]);
    const steps = events.flatMap((event) => (event.type === "step-finished" ? [event.step] : []));
    expect(steps.map((step) => step.tool)).toContain(worker);
    expect(report).toMatchObject({ runId: kept.id });
    // What was printed is printed again, below the header.
    const shown = (await run("runs show latest")).stdout;
    const figures = stdout.match(/-?\d+\.\d+ %/g) ?? [];
    expect(figures.filter((figure) => !shown.includes(figure))).toEqual([]);
    expect(shown).toContain(kept.id);
    expect(await json("runs replay latest")).toMatchObject({ run: kept.id, identical: true, differing: 0 });
  });

  it("with the calls of models and tools, and who decided", async () => {
    const asked = (await list()).find(({ subject }) => subject === "Analyze AAPL");
    const { events } = await show(asked?.id ?? "");
    expect(events).toContainEqual(
      expect.objectContaining({
        type: "step-started",
        tool: "fetch_market_data",
        input: { symbols: ["AAPL"], lastMonths: 6 },
      }),
    );
    expect(events).toContainEqual(
      expect.objectContaining({
        type: "model-call",
        agent: "manager",
        model: "offline",
        inputTokens: expect.any(Number) as number,
      }),
    );
    expect(events).toContainEqual(
      expect.objectContaining({
        step: expect.objectContaining({ tool: "ask_alpha_agent", by: "rules" }) as object,
      }),
    );
  });

  it("also where it failed", async () => {
    const before = (await list()).length;
    expect((await run("backtest --strategy sma-cross --symbols NOSUCH")).status).toBe(2);
    const [newest] = await list("--status failed");
    expect(newest?.error).toMatch(/^UNKNOWN_SYMBOL: .*NOSUCH/);
    expect(await list()).toHaveLength(before + 1);
    expect((await run("runs list")).stdout).toMatch(/backtest_strategy +failed/);
  });
});

describe("finagent runs", () => {
  it("exports a line per event, the header first and the report last", async () => {
    const [newest] = await list("--status done --limit 1");
    const record = await show(newest?.id ?? "");
    const { stdout } = await run(`runs export ${newest?.id}`);
    const lines = stdout.trimEnd().split("\n");
    const documents = lines.map((line): unknown => JSON.parse(line));
    expect(documents).toEqual([
      { type: "run", run: record.run },
      ...record.events,
      { type: "report", report: record.report },
    ]);
    expect(await json(`runs export ${newest?.id}`)).toEqual(documents);
    const out = join(home, "events.jsonl");
    expect(await json(`runs export ${newest?.id} --out ${out}`)).toMatchObject({ lines: lines.length });
    expect(readFileSync(out, "utf8")).toBe(stdout);
  });

  it("deletes one, and then knows it no more", async () => {
    const { id } = (await show("latest")).run;
    expect(await json(`runs delete ${id}`)).toEqual({ deleted: id });
    expect((await list()).map((kept) => kept.id)).not.toContain(id);
    const { status, stderr } = await run(`runs show ${id}`);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(id) as string });
  });

  it("are served over HTTP", async () => {
    const app = createApp(createRuntime(testConfig({ home })));
    const kept = await list("--limit 2");
    const answer = async (path: string): Promise<unknown> => (await app.request(path)).json();
    expect(await answer("/runs?limit=2")).toEqual({ runs: kept });
    expect(await answer("/runs/latest")).toEqual(await show("latest"));
    expect((await app.request("/runs/2001")).status).toBe(404);
    expect((await app.request("/runs?limit=none")).status).toBe(400);
  });
});

it("no run starts where nothing can be kept", async () => {
  const file = join(home, "a-file");
  writeFileSync(file, "");
  const { status, stdout, stderr } = await run("ask 'Analyze AAPL'", "", file);
  expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
  expect(stderr.replaceAll(/\s+/g, " ")).toMatch(
    /^error The folder of .* next Give a folder that can be written/,
  );
  // What keeps nothing needs no store.
  expect((await run("data list", "", file)).status).toBe(0);
});

describe("keys", () => {
  const CONFIGURED = "configured-Key+with/odd=signs";
  const IN_ENVIRONMENT = "hunter2hunter2";
  const PASSWORD = "pa55-of-redis";
  const PLANTED = [
    CONFIGURED,
    IN_ENVIRONMENT,
    PASSWORD,
    "sk-proj-abcdef123456",
    "ghp_0123456789abcdefABCDEF",
    "AKIAIOSFODNN7EXAMPLE",
    "PKABCDEFGHIJKLMNOPQR",
    "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYab",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
  ];
  const told = PLANTED.map((key, index) => `line ${index}: ${key}`).join("\n");
  const fields = {
    told,
    list: [told],
    [PLANTED[3] ?? ""]: "as a name",
    apiKey: "short",
    nested: { client_secret: 12_345_678, password: ["p1-in-a-list"] },
    url: "https://person:p4ssw0rd@example.com/v1",
    bearer: "Authorization: Bearer abcdef.123456",
  };
  const HIDDEN = [...PLANTED, "short", "12345678", "p1-in-a-list", "p4ssw0rd", "abcdef.123456"];

  it("never enter the store, whatever field they stand in", async () => {
    process.env["SOME_OTHER_API_KEY"] = IN_ENVIRONMENT;
    const at = mkdtempSync(join(tmpdir(), "finagent-keys-"));
    const config = testConfig({
      home: at,
      openai: { apiKey: CONFIGURED },
      redis: { url: `redis://me:${PASSWORD}@localhost:1` },
    });
    const leaky = defineTool({
      name: "leaky",
      description: "Says all that it knows",
      access: "read",
      input: z.looseObject({ request: z.string(), fails: z.boolean() }),
      output: z.looseObject({ runId: z.string() }),
      run: (ctx, { fails }) => {
        ctx.emit({ type: "plan", plan: [{ task: told, status: "pending" } as never] });
        ctx.emit({ type: "step-started", agent: told, tool: told, label: told, input: fields });
        ctx.emit({
          type: "step-finished",
          step: { agent: told, tool: told, ms: 1, by: "llm", summary: told, error: told, fallback: told },
        });
        ctx.emit({
          type: "model-call",
          agent: told,
          model: told,
          ms: 1,
          inputTokens: 1,
          outputTokens: 1,
          cost: null,
        });
        if (fails) return Promise.reject(new Error(told));
        const { runId } = ctx.identity;
        return Promise.resolve({
          runId,
          answer: told,
          data: { source: told, simulated: true, hash: told },
          ...fields,
        });
      },
    });
    const records = sqliteRecords(join(at, "finagent.db"), { now: () => Date.now() });
    const runtime = createRuntime(config, { records });
    const input = { request: told, threadId: told, symbols: [told], ...fields };
    await runtime.run(leaky, { ...input, fails: false });
    await expect(runtime.run(leaky, { ...input, fails: true })).rejects.toThrow();
    delete process.env["SOME_OTHER_API_KEY"];

    const exported = await Promise.all(
      listRunsTool.output
        .parse(JSON.parse((await run("runs list --json", "", at)).stdout))
        .runs.map(async ({ id }) => (await run(`runs export ${id}`, "", at)).stdout),
    );
    expect(exported).toHaveLength(2);
    expect(exported.join("")).toContain("line 8: [hidden]");
    // With the journal of writes, before it is merged into the file.
    const files = readdirSync(at).filter((name) => name.startsWith("finagent.db"));
    const stored = files.map((name) => readFileSync(join(at, name), "latin1"));
    expect(stored.join("")).toContain("line 8: [hidden]");
    await records.close();
    rmSync(at, { recursive: true });
    for (const key of HIDDEN) {
      for (const [place, text] of [
        ["export", exported.join("")],
        ["store", stored.join("")],
      ] as const) {
        expect(text.includes(key), `${key} in the ${place}`).toBe(false);
      }
    }
  });
});

it("a process that is killed leaves a run that is interrupted", async () => {
  const slow = join(home, "slow.ts");
  writeFileSync(
    slow,
    `import { z } from "zod";
    export default { name: "slow", description: "Ends its process", params: z.object({}),
      signal() { process.kill(process.pid, "SIGKILL"); return { target: [] }; } };`,
  );
  const at = mkdtempSync(join(home, "killed-"));
  const { status } = await finagent(["backtest", "--strategy", slow, "--symbols", "AAPL", "--home", at]);
  expect(status).toBe(null);
  const { stdout } = await run("runs list --json", "", at);
  expect(JSON.parse(stdout)).toMatchObject({
    runs: [{ tool: "backtest_strategy", status: "interrupted", endedAt: null }],
  });
});
