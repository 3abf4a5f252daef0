import { Validator } from "@seriousme/openapi-schema-validator";
import { HTTPException } from "hono/http-exception";
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { sampleReport, scriptedRuntime, type RuntimeCall } from "../../tests/support/scripted-runtime.ts";
import { serverSentEvents, type ServerSentEvent } from "../../tests/support/server-sent-events.ts";
import type { ConfigInput } from "../config.ts";
import { FinAgentError } from "../domain/errors.ts";
import { askTool } from "../tools/ask.ts";
import { createApp } from "./app.ts";
import { MAX_JOBS } from "./backtest-jobs.ts";

type App = ReturnType<typeof createApp>;

interface ErrorBody {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly hint?: string;
    readonly details?: { readonly fields?: readonly string[] };
  };
}

function app(play: (call: RuntimeCall) => unknown = () => sampleReport(), settings: ConfigInput = {}): App {
  return createApp(scriptedRuntime(play, settings));
}

async function post(
  to: App,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return to.request(path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

async function errorOf(response: Response): Promise<ErrorBody["error"]> {
  return ((await response.json()) as ErrorBody).error;
}

async function events(response: Response): Promise<ServerSentEvent[]> {
  expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
  if (response.body === null) throw new Error("no body");
  const all: ServerSentEvent[] = [];
  for await (const event of serverSentEvents(response.body)) all.push(event);
  return all;
}

describe("POST /chat", () => {
  it("answers with the run's report as JSON", async () => {
    const runtime = scriptedRuntime(() => sampleReport());
    const response = await post(createApp(runtime), "/chat", {
      request: "  Analyze AAPL ",
      asOf: "2025-08-15",
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(sampleReport());
    expect(runtime.calls).toMatchObject([
      { tool: "ask", input: { request: "Analyze AAPL", asOf: "2025-08-15" } },
    ]);
  });

  it("streams every event of the run, then the report once", async () => {
    const step = { agent: "data", tool: "fetch", ms: 3, by: null, summary: "126 bars\nof AAPL" };
    const response = await post(
      app(({ options }) => {
        options.onEvent?.({ type: "started", runId: "run-1", threadId: "thread-1" });
        options.onEvent?.({ type: "step-finished", step });
        for (const text of ["AA", "PL\r\n", "rose."]) options.onEvent?.({ type: "token", text });
        options.onEvent?.({ type: "report", report: sampleReport() });
        return sampleReport();
      }),
      "/chat",
      { request: "Analyze AAPL" },
      { accept: "text/event-stream" },
    );
    const all = await events(response);
    expect(all.map(({ event, id }) => `${id} ${event}`)).toEqual([
      "1 started",
      "2 step-finished",
      "3 token",
      "4 token",
      "5 token",
      "6 report",
    ]);
    expect(all[1]?.data).toEqual({ type: "step-finished", step });
    expect(all[3]?.data).toEqual({ type: "token", text: "PL\r\n" });
    expect(all[5]?.data).toEqual({ type: "report", report: sampleReport() });
  });

  it("ends a stream with an error event where the run fails", async () => {
    const response = await post(
      app(({ options }) => {
        options.onEvent?.({ type: "token", text: "Well" });
        throw new FinAgentError("MODEL_TIMEOUT", "The model did not answer.", { hint: "Try again." });
      }),
      "/chat",
      { request: "x" },
      { accept: "text/event-stream" },
    );
    expect((await events(response)).map(({ event, data }) => [event, data])).toEqual([
      ["token", { type: "token", text: "Well" }],
      [
        "error",
        { error: { code: "MODEL_TIMEOUT", message: "The model did not answer.", hint: "Try again." } },
      ],
    ]);
  });

  it("refuses a bad request before a stream opens", async () => {
    const response = await post(app(), "/chat", { request: " " }, { accept: "text/event-stream" });
    expect(response.status).toBe(400);
    expect((await errorOf(response)).code).toBe("BAD_ARGUMENT");
  });

  it("hands the client's abort signal to the run", async () => {
    const client = new AbortController();
    const seen = Promise.withResolvers<AbortSignal | undefined>();
    const to = app(({ options }) => {
      seen.resolve(options.signal);
      return sampleReport();
    });
    await to.request("/chat", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ request: "x" }),
      signal: client.signal,
    });
    const signal = await seen.promise;
    expect(signal?.aborted).toBe(false);
    client.abort();
    expect(signal?.aborted).toBe(true);
  });
});

describe("POST /pipeline", () => {
  it("fills in the schema's defaults and answers as JSON or as events", async () => {
    const runtime = scriptedRuntime(() => sampleReport({ answer: null }));
    const to = createApp(runtime);
    const input = { symbols: ["aapl", "msft"], from: "2023-08-15", risk: { confidence: 0.99 } };
    expect((await post(to, "/pipeline", input)).status).toBe(200);
    expect(runtime.calls[0]).toMatchObject({
      tool: "run_pipeline",
      input: { symbols: ["AAPL", "MSFT"], agents: "rules", settings: { capital: 100_000 } },
    });
    const streamed = await post(to, "/pipeline", input, { accept: "text/event-stream" });
    expect((await events(streamed)).map(({ event }) => event)).toEqual(["report"]);
  });
});

describe("POST /backtest", () => {
  const input = { strategy: "sma-cross", params: { fast: 10, slow: 30 }, symbols: ["GOOG"] };

  async function started(to: App): Promise<{ id: string; status: string; href: string }> {
    const response = await post(to, "/backtest", input);
    expect(response.status).toBe(202);
    const body = (await response.json()) as { id: string; status: string; href: string };
    expect(response.headers.get("location")).toBe(body.href);
    return body;
  }

  async function ended(to: App, href: string): Promise<Record<string, unknown>> {
    return vi.waitFor(async () => {
      const response = await to.request(href);
      expect(response.status).toBe(200);
      const job = (await response.json()) as Record<string, unknown>;
      expect(job["status"]).not.toBe("running");
      return job;
    });
  }

  it("answers 202 before the run begins, then gives the report", async () => {
    const release = Promise.withResolvers<void>();
    const runtime = scriptedRuntime(async ({ tool }) => {
      if (tool === "check_backtest") return {};
      await release.promise;
      return sampleReport();
    });
    const to = createApp(runtime);
    const { id, status, href } = await started(to);
    expect({ status, href }).toEqual({ status: "running", href: `/backtest/${id}` });
    expect(await (await to.request(href)).json()).toEqual({ id, status: "running" });
    release.resolve();
    expect(await ended(to, href)).toEqual({ id, status: "done", report: sampleReport() });
    expect(runtime.calls).toMatchObject([
      { tool: "check_backtest", input },
      { tool: "backtest_strategy", input },
    ]);
  });

  it("keeps the error of a run that failed, without its stack", async () => {
    const fault = new FinAgentError("EMPTY_WINDOW", "GOOG has no bars then.");
    const to = app(({ tool }) => (tool === "check_backtest" ? {} : Promise.reject(fault)));
    const { href } = await started(to);
    const job = await ended(to, href);
    expect(job).toEqual({
      id: expect.any(String) as string,
      status: "failed",
      error: { code: "EMPTY_WINDOW", message: "GOOG has no bars then." },
    });
    const sheet = await to.request(`${href}/report`);
    expect(sheet.status).toBe(404);
    expect((await errorOf(sheet)).message).toContain("failed: GOOG has no bars then.");
  });

  it("starts nothing where the check refuses it", async () => {
    const runtime = scriptedRuntime(() =>
      Promise.reject(new FinAgentError("UNKNOWN_STRATEGY", "There is no strategy sma-cros.")),
    );
    expect((await post(createApp(runtime), "/backtest", input)).status).toBe(422);
    await new Promise((resolve) => setImmediate(resolve));
    expect(runtime.calls.map(({ tool }) => tool)).toEqual(["check_backtest"]);
  });

  it("answers 404 for an id that it does not hold", async () => {
    const response = await app().request("/backtest/none");
    expect(response.status).toBe(404);
    expect((await errorOf(response)).code).toBe("UNKNOWN_ARTIFACT");
  });

  it("forgets the oldest that has ended, and refuses while all are running", async () => {
    const release = Promise.withResolvers<void>();
    let runs = 0;
    const to = app(async ({ tool }) => {
      if (tool === "check_backtest") return {};
      runs += 1;
      if (runs > 1) await release.promise;
      return sampleReport();
    });
    const first = await started(to);
    await ended(to, first.href);
    for (let n = 1; n < MAX_JOBS; n += 1) await started(to);
    expect((await to.request(first.href)).status).toBe(200);
    await started(to);
    expect((await to.request(first.href)).status).toBe(404);
    const refused = await post(to, "/backtest", input);
    expect(refused.status).toBe(429);
    release.resolve();
  });
});

describe("bad requests", () => {
  it.each([
    ["/chat", {}, "request"],
    ["/chat", { request: 7 }, "request"],
    ["/chat", { request: "x", asOf: "yesterday" }, "asOf"],
    ["/chat", null, "input"],
    ["/pipeline", { symbols: [] }, "symbols"],
    ["/pipeline", { symbols: ["AAPL", "aapl"] }, "symbols"],
    ["/pipeline", { symbols: ["AAPL"], risk: { confidence: 2 } }, "risk.confidence"],
    ["/pipeline", { symbols: ["AAPL"], settings: { fill: "now" } }, "settings.fill"],
    ["/backtest", { symbols: ["AAPL"] }, "strategy"],
  ])("%s %j: 400 that names %s", async (path, body, field) => {
    const runtime = scriptedRuntime(() => sampleReport());
    const response = await post(createApp(runtime), path, body);
    expect(response.status).toBe(400);
    const error = await errorOf(response);
    expect(error.code).toBe("BAD_ARGUMENT");
    expect(error.message).toMatch(new RegExp(`^${field}: `));
    expect(error.details?.fields?.[0]).toBe(error.message);
    expect(error.hint).toBeTruthy();
    expect(runtime.calls).toEqual([]);
  });

  it("names every wrong field", async () => {
    const response = await post(app(), "/pipeline", { symbols: ["AAPL"], from: "x", rebalance: 0 });
    expect((await errorOf(response)).details?.fields?.map((text) => text.split(":")[0])).toEqual([
      "from",
      "rebalance",
    ]);
  });

  it.each([
    ["malformed JSON", "{", {}, 400],
    ["another media type", "request=x", { "content-type": "text/plain" }, 415],
    [
      "a form, as a foreign page may send it",
      "request=x",
      { "content-type": "application/x-www-form-urlencoded" },
      415,
    ],
    ["more than 1 MB", JSON.stringify({ request: "x".repeat(1_000_001) }), {}, 413],
    ["more than 1 MB by declaration", "{}", { "content-length": "1000001" }, 413],
  ])("%s: an error body", async (_name, body, headers, status) => {
    const response = await post(app(), "/chat", body, headers);
    expect(response.status).toBe(status);
    expect(await errorOf(response)).toMatchObject({
      code: "BAD_REQUEST",
      message: expect.stringMatching(/\w/) as string,
      hint: expect.stringMatching(/\w/) as string,
    });
  });

  it("answers 404 for a route that is not there", async () => {
    for (const response of [await app().request("/nothing"), await app().request("/chat")]) {
      expect(response.status).toBe(404);
      expect((await errorOf(response)).code).toBe("BAD_REQUEST");
    }
  });
});

describe("errors", () => {
  it.each([
    ["BAD_REQUEST", 400],
    ["BAD_ARGUMENT", 400],
    ["UNKNOWN_SYMBOL", 422],
    ["UNKNOWN_ARTIFACT", 404],
    ["EMPTY_WINDOW", 422],
    ["FUTURE_DATE", 422],
    ["DATA_INVALID", 422],
    ["DATA_UNREADABLE", 502],
    ["MODEL_AUTH", 502],
    ["MODEL_RATE_LIMITED", 429],
    ["MODEL_TIMEOUT", 504],
    ["LIMIT_REFUSED", 403],
    ["LOOKAHEAD", 500],
    ["BAD_CONFIG", 500],
  ] as const)("%s -> %i", async (code, status) => {
    const fault = new FinAgentError(code, "what", { hint: "next", details: { symbol: "AAPL" } });
    const response = await post(
      app(() => Promise.reject(fault)),
      "/chat",
      { request: "x" },
    );
    expect(response.status).toBe(status);
    expect(await errorOf(response)).toEqual({
      code,
      message: "what",
      hint: "next",
      details: { symbol: "AAPL" },
    });
  });

  it.each([
    new Error("sk-secret in /home/someone"),
    new HTTPException(503, { message: "sk-secret in /home/someone" }),
  ])("shows nothing of a fault of ours, but reports it: %s", async (fault) => {
    const seen: unknown[] = [];
    const runtime = scriptedRuntime(() => Promise.reject(fault));
    const to = createApp(runtime, { onFault: (thrown) => seen.push(thrown) });
    const plain = await post(to, "/chat", { request: "x" });
    expect(plain.status).toBe(500);
    const streamed = await post(to, "/chat", { request: "x" }, { accept: "text/event-stream" });
    for (const text of [await plain.text(), await streamed.text()]) {
      expect(text).toContain('"INTERNAL"');
      expect(text).not.toMatch(/secret|home|\.ts:\d|stack/);
    }
    expect(seen).toEqual([fault, fault]);
  });
});

describe("GET /health", () => {
  it("says what the server works with, and no secret or path", async () => {
    const settings = {
      model: "openai:gpt-x",
      data: "csv:/home/someone/market",
      openai: { apiKey: "sk-secret" },
      server: { apiToken: "t0ken" },
    };
    const response = await app(undefined, settings).request("/health");
    expect(response.status).toBe(200);
    const body = await response.text();
    expect(JSON.parse(body)).toEqual({
      status: "ok",
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
      model: "openai:gpt-x",
      source: "csv",
      simulated: false,
      uptimeSeconds: expect.any(Number) as number,
    });
    expect(body).not.toMatch(/secret|t0ken|someone/);
  });

  it("says when the market is simulated", async () => {
    expect(await (await app().request("/health")).json()).toMatchObject({
      source: "simulated",
      simulated: true,
    });
  });
});

describe("the guards", () => {
  const token = { server: { apiToken: "the-token" } };

  it.each([
    ["no token", {}, 401],
    ["a wrong token", { authorization: "Bearer the-tokem" }, 401],
    ["a shorter token", { authorization: "Bearer the" }, 401],
    ["another scheme", { authorization: "Basic the-token" }, 401],
    ["the token", { authorization: "Bearer the-token" }, 200],
  ])("%s -> %i", async (_name, headers, status) => {
    const runtime = scriptedRuntime(() => sampleReport(), token);
    const to = createApp(runtime);
    const response = await post(to, "/chat", { request: "x" }, headers);
    expect(response.status).toBe(status);
    expect(runtime.calls).toHaveLength(status === 200 ? 1 : 0);
    for (const path of ["/openapi.json", "/docs"]) {
      expect((await to.request(path, { headers })).status).toBe(status);
    }
    if (status === 401) {
      expect(response.headers.get("www-authenticate")).toBe("Bearer");
      expect(await response.text()).not.toContain("the-token");
    }
  });

  it("lets /health alone pass without the token", async () => {
    expect((await app(undefined, token).request("/health")).status).toBe(200);
    expect((await app(undefined, token).request("/nothing")).status).toBe(401);
  });

  it.each([
    ["http://localhost:9000/health", {}, 200],
    ["http://127.0.0.1:9000/health", {}, 200],
    ["http://127.8.9.10/health", {}, 200],
    ["http://[::1]:9000/health", {}, 200],
    ["http://evil.example/health", {}, 403],
    ["http://localhost.evil.example/health", {}, 403],
    ["http://192.168.1.5:9000/health", {}, 403],
    ["http://0.0.0.0:9000/health", {}, 403],
    ["http://localhost/health", { host: "evil.example:9000" }, 403],
    ["http://localhost/health", { origin: "http://localhost:9000" }, 200],
    ["http://localhost/health", { origin: "https://evil.example" }, 403],
    ["http://localhost/health", { origin: "http://127.0.0.1.evil.example" }, 403],
    ["http://localhost/health", { origin: "null" }, 403],
  ])("on loopback %s %j -> %i", async (url, headers, status) => {
    expect((await app().request(url, { headers })).status).toBe(status);
  });

  it("asks for no loopback name where it listens beyond", async () => {
    const settings = { server: { host: "0.0.0.0", apiToken: "the-token" } };
    const response = await app(undefined, settings).request("http://finagent.example/docs", {
      headers: { authorization: "Bearer the-token" },
    });
    expect(response.status).toBe(200);
  });
});

describe("the OpenAPI document", () => {
  interface Operation {
    readonly requestBody?: { readonly content: Record<string, { readonly schema: object }> };
    readonly responses: Record<string, { readonly content: Record<string, { readonly schema: object }> }>;
  }
  interface Document {
    readonly openapi: string;
    readonly security: unknown;
    readonly paths: Record<string, Record<string, Operation>>;
    readonly components: { readonly schemas: Record<string, { readonly properties: object }> };
  }

  async function documentOf(to: App): Promise<Document> {
    return (await (await to.request("/openapi.json")).json()) as Document;
  }

  it("is valid OpenAPI 3.1", async () => {
    const document = await documentOf(app());
    expect(document.openapi).toBe("3.1.0");
    expect(await new Validator().validate({ ...document })).toEqual({ valid: true });
  });

  it("has every route, with the schemas of its request, its answer and its errors", async () => {
    const to = app();
    const { paths } = await documentOf(to);
    const routes = to.routes.filter(({ method }) => method !== "ALL");
    const listed = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`),
    );
    expect(new Set(listed)).toEqual(new Set(routes.map(({ method, path }) => `${method} ${path}`)));
    expect(listed).toHaveLength(16);
    for (const [path, item] of Object.entries(paths)) {
      for (const [method, operation] of Object.entries(item)) {
        const where = `${method} ${path}`;
        // What is named by its path alone needs no body.
        expect(operation.requestBody === undefined, where).toBe(method === "get" || path.endsWith("/resume"));
        for (const [status, { content }] of Object.entries(operation.responses)) {
          for (const { schema } of Object.values(content)) {
            if (Number(status) < 300) expect(Object.keys(schema), where).not.toEqual([]);
            else
              expect(schema, where).toMatchObject({
                properties: { error: { $ref: "#/components/schemas/Error" } },
              });
          }
        }
        const statuses = Object.keys(operation.responses).map(Number);
        expect(
          statuses.some((status) => status < 300),
          where,
        ).toBe(true);
        expect(
          statuses.some((status) => status >= 400),
          where,
        ).toBe(true);
      }
    }
  });

  it("takes its contracts from the tools, and leaves their JSON schema without a reference at the root", async () => {
    const { paths, components } = await documentOf(app());
    const body = paths["/chat"]?.["post"]?.requestBody?.content["application/json"]?.schema;
    expect(body).toMatchObject({ properties: { request: { type: "string", maxLength: 8000 } } });
    expect(Object.keys(components.schemas["RunReport"]?.properties ?? {})).toEqual(
      Object.keys(askTool.output.shape),
    );
    for (const schema of [askTool.input, askTool.output]) {
      expect(z.toJSONSchema(schema)).toMatchObject({ type: "object" });
    }
  });

  it("asks for the token only where one is set", async () => {
    expect((await documentOf(app())).security).toEqual([]);
    const to = app(undefined, { server: { apiToken: "t" } });
    const response = await to.request("/openapi.json", { headers: { authorization: "Bearer t" } });
    expect(await response.json()).toMatchObject({ security: [{ bearer: [] }] });
  });
});

describe("GET /docs", () => {
  it("lists the operations and loads nothing", async () => {
    const response = await app().request("/docs");
    expect(response.headers.get("content-type")).toMatch(/^text\/html/);
    const page = await response.text();
    for (const operation of [
      "POST /chat",
      "POST /pipeline",
      "POST /backtest",
      "GET /backtest/{id}",
      "GET /health",
    ]) {
      expect(page).toContain(`<h2>${operation}</h2>`);
    }
    expect(page).toContain(askTool.description);
    expect(page).not.toMatch(/<script|https?:\/\/|\bsrc=|@import|\[object/);
  });
});
