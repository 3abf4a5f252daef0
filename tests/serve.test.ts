import { once } from "node:events";
import { rmSync } from "node:fs";
import { connect } from "node:net";
import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { optimizeReportSchema } from "../src/domain/optimize/report.ts";
import type { RunEvent } from "../src/domain/run/event.ts";
import { runReportSchema, type RunReport } from "../src/domain/run/report.ts";
import { chatCompletionsServer, type Script } from "./support/chat-completions-server.ts";
import { finagent, type Serving, serving } from "./support/finagent-process.ts";
import { folderOf } from "./support/price-folders.ts";
import { serverSentEvents } from "./support/server-sent-events.ts";

/** A server is up within seconds; not so where many tests share few cores. */
const PATIENCE = { timeout: 60_000 };
const JSON_TYPE = { "content-type": "application/json" };
const STREAM = { ...JSON_TYPE, accept: "text/event-stream" };

/** `finagent serve` as a process of its own, spoken to as any client would. */
describe("finagent serve", PATIENCE, () => {
  let server: Serving;

  beforeAll(async () => {
    server = await serving(["--as-of", "2025-06-30"]);
  }, PATIENCE.timeout);

  afterAll(async () => {
    const { status, stdout, stderr } = await server.stop();
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ url: server.url });
    expect(stderr).toMatch(/^API description: \S+\. Ctrl-C ends the server\.\nStopped\.\n$/);
  });

  const post = async (path: string, body: unknown, headers: Record<string, string> = JSON_TYPE) =>
    fetch(`${server.url}${path}`, {
      method: "POST",
      headers,
      body: typeof body === "string" ? body : JSON.stringify(body),
    });

  it("streams a chat: the plan, each step, the answer word by word, the report", async () => {
    const response = await post("/chat", { request: "Analyze AAPL for the last 6 months" }, STREAM);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    const events = await eventsOf(response);
    const types = events.map(({ type }) => type);
    expect([types[0], types.at(-1)]).toEqual(["started", "report"]);
    expect(types.indexOf("plan")).toBeLessThan(types.indexOf("step-started"));
    expect(types.lastIndexOf("step-finished")).toBeLessThan(types.indexOf("token"));
    const report = reportOf(events);
    const said = events.map((event) => (event.type === "token" ? event.text : "")).join("");
    expect(said.trim()).toBe(report.answer?.trim());
    expect(types.filter((type) => type === "token").length).toBeGreaterThan(50);
    expect(report.steps.map(({ tool }) => tool).sort()).toEqual([
      "ask_alpha_agent",
      "ask_risk_agent",
      "fetch_market_data",
    ]);
  });

  it("answers a chat as JSON, and goes on with it", async () => {
    const first = await post("/chat", { request: "Analyze AAPL for the last 3 months" });
    expect(first.status).toBe(200);
    const report = runReportSchema.parse(await first.json());
    expect(report).toMatchObject({ status: "done", data: { simulated: true, symbols: ["AAPL"] } });
    const { threadId } = report;
    const second = await post("/chat", { request: "and with Microsoft added?", threadId });
    expect(await second.json()).toMatchObject({ threadId, data: { symbols: ["AAPL", "MSFT"] } });
  });

  it("answers 200 with a report that failed where no step succeeded", async () => {
    const response = await post("/chat", { request: "Analyze ZZZZ" });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      status: "failed",
      answer: expect.stringContaining("ZZZZ is not in the simulated market") as string,
      steps: [{ error: expect.stringMatching(/^UNKNOWN_SYMBOL: /) as string }],
    });
  });

  it("runs a pipeline", async () => {
    const body = {
      symbols: ["AAPL", "JPM"],
      from: "2024-07-01",
      to: "2024-12-31",
      risk: { volatilityTarget: 0.1 },
    };
    const response = await post("/pipeline", body);
    expect(response.status).toBe(200);
    const report = runReportSchema.parse(await response.json());
    expect(report).toMatchObject({ status: "done", data: { symbols: ["AAPL", "JPM"] } });
    expect(report.rebalances.length).toBeGreaterThan(4);
    expect(report.equity.length).toBe(report.data?.rows);
  });

  it("optimises an agent, telling what it does as it does it", async () => {
    const body = {
      agent: "alpha",
      target: 99,
      budget: 1,
      folds: 2,
      symbols: ["AAPL", "JPM"],
      lastMonths: 36,
    };
    const response = await post("/optimize", body, STREAM);
    expect(response.status).toBe(200);
    const events: unknown[] = await eventsOf(response);
    expect(events).toContainEqual(expect.objectContaining({ type: "step-finished" }));
    const { report } = z.object({ report: optimizeReportSchema }).parse(events.at(-1));
    expect(report).toMatchObject({ promoted: null, data: { simulated: true }, trials: [{ number: 1 }] });
    const kept = await fetch(`${server.url}/runs/${report.runId}`);
    expect(await kept.json()).toMatchObject({ report: { runId: report.runId } });
  });

  it("takes a backtest, and has its report when it is done", async () => {
    const body = {
      strategy: "sma-cross",
      params: { fast: 5, slow: 20 },
      symbols: ["MSFT"],
      from: "2024-01-02",
    };
    const response = await post("/backtest", body);
    expect(response.status).toBe(202);
    const { id, href } = (await response.json()) as { id: string; href: string };
    expect([response.headers.get("location"), href]).toEqual([`/backtest/${id}`, `/backtest/${id}`]);
    expect(await ending(href)).toMatchObject({
      id,
      status: "done",
      report: {
        backtest: { strategy: "sma-cross", params: { fast: 5, slow: 20 } },
        data: { symbols: ["MSFT"] },
      },
    });
  });

  it.each([true, false])("gives the tear sheet of a backtest as a page, with detail %s", async (detail) => {
    const body = { strategy: "buy-and-hold", symbols: ["MSFT"], from: "2025-01-02", detail };
    const { href } = (await (await post("/backtest", body)).json()) as { href: string };
    expect(await ending(href)).toMatchObject({
      report: { backtest: { course: detail ? (expect.any(Object) as object) : null } },
    });
    const page = await fetch(`${server.url}${href}/report`);
    expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=UTF-8"]);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await page.text()).toContain("<h1>Backtest: buy-and-hold</h1>");
    expect((await fetch(`${server.url}/backtest/none/report`)).status).toBe(404);
  });

  it.each([
    [422, "UNKNOWN_SYMBOL", "symbols", { symbols: ["AAPL", "ZZZZ"] }],
    [422, "UNKNOWN_STRATEGY", "strategy", { strategy: "sma-cros" }],
    [400, "BAD_ARGUMENT", "params.fast", { params: { fast: 90 } }],
    [400, "BAD_ARGUMENT", "params.slow", { params: { slow: 0 } }],
    [400, "BAD_ARGUMENT", "params.fats", { params: { fats: 5 } }],
    [400, "BAD_ARGUMENT", "params.rebalanceBars", { strategy: "agents", params: { rebalanceBars: 0 } }],
  ])("answers %d %s for a backtest that cannot be, naming %s", async (status, code, field, wrong) => {
    const response = await post("/backtest", { strategy: "sma-cross", symbols: ["AAPL"], ...wrong });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      error: {
        code,
        message: expect.stringMatching(/\w/) as string,
        hint: expect.stringMatching(/\w/) as string,
        details: { field },
      },
    });
  });

  it.each([
    [
      { strategy: "sma-cross", symbols: ["AAPL"], to: "2031-01-02" },
      "FUTURE_DATE",
      "2031-01-02 is after 2025-06-30",
    ],
  ])("tells why a backtest failed: %j", async (body, code, words) => {
    const { href } = (await (await post("/backtest", body)).json()) as { href: string };
    expect(await ending(href)).toMatchObject({
      status: "failed",
      error: {
        code,
        message: expect.stringContaining(words) as string,
        hint: expect.stringMatching(/\w/) as string,
      },
    });
  });

  async function ending(href: string): Promise<unknown> {
    for (;;) {
      const response = await fetch(`${server.url}${href}`);
      expect(response.status).toBe(200);
      const job = (await response.json()) as { status: string };
      if (job.status !== "running") return job;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it.each<readonly [name: string, path: string, body: unknown, status: number, message: RegExp]>([
    ["no request", "/chat", {}, 400, /^request: is missing$/],
    ["an empty request", "/chat", { request: " " }, 400, /^request: say what you want to know$/],
    [
      "a request too long",
      "/chat",
      { request: "x".repeat(8001) },
      400,
      /^request: .* at most 8000 characters$/,
    ],
    ["a wrong type", "/pipeline", { symbols: "AAPL" }, 400, /^symbols: must be a list$/],
    [
      "a date that is none",
      "/pipeline",
      { symbols: ["AAPL"], from: "2024-13-01" },
      400,
      /^from: must be a date/,
    ],
    [
      "a field within",
      "/pipeline",
      { symbols: ["AAPL"], settings: { capital: -5 } },
      400,
      /^settings\.capital: must/,
    ],
    [
      "a field that is not there",
      "/chat",
      { request: "x", model: "gpt" },
      400,
      /^model: there is no such field$/,
    ],
    [
      "one within",
      "/pipeline",
      { symbols: ["AAPL"], risk: { target: 1 } },
      400,
      /^risk\.target: there is no such/,
    ],
    ["malformed JSON", "/chat", '{"request": ', 400, /malformed JSON/i],
    ["a list", "/chat", [], 400, /^input: must be an object$/],
    ["an unknown symbol", "/pipeline", { symbols: ["APPL"] }, 422, /^APPL is not in the simulated market/],
    [
      "a weekend",
      "/pipeline",
      { symbols: ["KO"], from: "2024-06-15", to: "2024-06-16" },
      422,
      /no trading day/,
    ],
    ["a day to come", "/chat", { request: "x", asOf: "soon" }, 400, /^asOf: must be a date that exists/],
    ["another route", "/chats", {}, 404, /^There is no POST \/chats\.$/],
  ])("refuses %s", async (_name, path, body, status, message) => {
    const response = await post(path, body);
    const text = await response.text();
    expect(response.status).toBe(status);
    expect(JSON.parse(text)).toMatchObject({
      error: {
        message: expect.stringMatching(message) as string,
        hint: expect.stringMatching(/^[A-Z].*[.?]$/) as string,
      },
    });
    expect(text).not.toMatch(/\.ts:\d|node_modules/);
  });

  it("describes itself: valid OpenAPI, every route, a page to read", async () => {
    const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
      paths: Record<string, object>;
    };
    expect(await new Validator().validate({ ...document })).toEqual({ valid: true });
    const operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(operations.sort()).toEqual([
      "GET /backtest/{id}",
      "GET /backtest/{id}/report",
      "GET /docs",
      "GET /health",
      "GET /openapi.json",
      "GET /prompts",
      "GET /prompts/{agent}/{version}",
      "GET /runs",
      "GET /runs/{id}",
      "POST /backtest",
      "POST /chat",
      "POST /compare",
      "POST /optimize",
      "POST /pipeline",
      "POST /runs/{id}/resume",
      "POST /stress",
    ]);
    const page = await fetch(`${server.url}/docs`);
    expect(page.headers.get("content-type")).toContain("text/html");
    const html = await page.text();
    for (const operation of operations) expect(html).toContain(operation);
  });

  it("says how it is", async () => {
    const response = await fetch(`${server.url}/health`);
    expect(await response.json()).toMatchObject({
      status: "ok",
      model: "offline",
      source: "simulated",
      simulated: true,
    });
  });
});

describe.concurrent("a server of its own", PATIENCE, () => {
  const TOKEN = "t0ken-of-the-test";

  it("with a token lets in who has it, and tells it to nobody", async () => {
    const one = await serving(["--host", "0.0.0.0"], { env: { FINAGENT_API_TOKEN: TOKEN } });
    const url = one.url.replace("0.0.0.0", "127.0.0.1");
    const ask = async (authorization?: string): Promise<Response> =>
      fetch(`${url}/openapi.json`, authorization === undefined ? {} : { headers: { authorization } });
    expect((await fetch(`${url}/health`)).status).toBe(200);
    const answers = [await ask(), await ask("Bearer wrong"), await ask(`Bearer ${TOKEN}`)];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 200]);
    expect(await answers[0]?.json()).toMatchObject({
      error: {
        message: "The bearer token is missing.",
        hint: expect.stringContaining("Authorization: Bearer") as string,
      },
    });
    const { status, stdout, stderr } = await one.stop();
    expect(status).toBe(0);
    expect(stdout + stderr).not.toContain(TOKEN);
  });

  it("does not listen beyond this machine without a token", async () => {
    const { status, stdout } = await finagent(["serve", "--host", "0.0.0.0", "--port", "0", "--json"]);
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: "BAD_CONFIG", hint: expect.stringContaining("FINAGENT_API_TOKEN") as string },
    });
  });

  it("sends each event as it happens, and ends on SIGTERM after the run that is going on", async () => {
    const mayAnswer = Promise.withResolvers<void>();
    const fetching = { calls: [{ name: "fetch_market_data", args: { symbols: ["AAPL"], lastMonths: 3 } }] };
    await withModel(
      async (_request, index) => {
        if (index === 0) return fetching;
        await mayAnswer.promise;
        return { text: "AAPL was looked at." };
      },
      async (one) => {
        const response = await chat(one.url, STREAM);
        const events: RunEvent[] = [];
        let stopping: ReturnType<Serving["stop"]> | undefined;
        for await (const { data } of serverSentEvents(bodyOf(response))) {
          const event = data as RunEvent;
          events.push(event);
          if (event.type !== "step-finished") continue;
          // The model has not answered yet, so this event did not wait for the end of the run.
          stopping = one.stop();
          await refusal(one.url);
          mayAnswer.resolve();
        }
        expect(reportOf(events).answer).toBe("AAPL was looked at.");
        expect(await stopping).toMatchObject({
          status: 0,
          stderr: expect.stringMatching(/Stopped\.\n$/) as string,
        });
      },
    );
  });

  it("cuts off a run that does not end, tells its client, and ends", async () => {
    const asked = Promise.withResolvers<void>();
    await withModel(
      () => {
        asked.resolve();
        return { hang: true };
      },
      async (one) => {
        const answer = chat(one.url, JSON_TYPE);
        await asked.promise;
        const begun = performance.now();
        const { status, stderr } = await one.stop();
        expect(performance.now() - begun).toBeLessThan(20_000);
        expect(status).toBe(0);
        expect(stderr).not.toMatch(/^\s+at /m);
        const response = await answer;
        expect(response.status).toBe(500);
        expect(await response.json()).toMatchObject({
          error: { message: expect.stringContaining("shutting down") as string },
        });
      },
    );
  });
});

/** A server whose model is scripted. */
async function withModel(script: Script, use: (one: Serving) => Promise<void>): Promise<void> {
  const model = await chatCompletionsServer(script);
  // The manager alone asks it.
  const cwd = folderOf({ "finagent.yaml": "models:\n  manager: openai:test\n" });
  const one = await serving([], { cwd, env: { OPENAI_BASE_URL: model.baseUrl } });
  try {
    await use(one);
  } finally {
    one.child.kill("SIGKILL");
    await model.close();
    rmSync(cwd, { recursive: true });
  }
}

async function chat(url: string, headers: Record<string, string>): Promise<Response> {
  return fetch(`${url}/chat`, { method: "POST", headers, body: JSON.stringify({ request: "Analyze AAPL" }) });
}

/** Until no new connection is taken. */
async function refusal(url: string): Promise<void> {
  for (;;) {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    try {
      await once(socket, "connect");
    } catch {
      return;
    } finally {
      socket.destroy();
    }
  }
}

function bodyOf(response: Response): ReadableStream<Uint8Array> {
  if (response.body === null) throw new Error("no body");
  return response.body;
}

async function eventsOf(response: Response): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const { event, data } of serverSentEvents(bodyOf(response))) {
    expect((data as RunEvent).type).toBe(event);
    events.push(data as RunEvent);
  }
  return events;
}

function reportOf(events: readonly RunEvent[]): RunReport {
  const last = events.at(-1);
  if (last?.type !== "report") throw new Error(`the last event is ${last?.type}`);
  return runReportSchema.parse(last.report);
}
