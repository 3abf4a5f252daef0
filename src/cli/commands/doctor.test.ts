import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { scriptedIo } from "../../../tests/support/scripted-io.ts";
import { type RuntimeCall, scriptedRuntime } from "../../../tests/support/scripted-runtime.ts";
import type { ConfigInput } from "../../config.ts";
import { FinAgentError } from "../../domain/errors.ts";
import { doctor } from "./doctor.ts";

const KEY = "key-0123456789";
const home = join(tmpdir(), "no-such-folder", "deeper");

const market = ({ tool }: RuntimeCall): unknown =>
  tool === "list_symbols"
    ? {
        source: "csv:x",
        simulated: false,
        benchmark: null,
        symbols: [{ symbol: "AAPL", name: null, kind: "unknown" }],
      }
    : {
        source: "csv:x",
        simulated: false,
        ok: true,
        symbols: [
          {
            symbol: "AAPL",
            status: "ok",
            bars: 753,
            from: "2022-08-16T13:30:00.000Z",
            to: "2025-08-15T13:30:00.000Z",
            interval: "1d",
            calendar: "XNYS",
            adjustment: "splits",
            findings: [],
            error: null,
            hint: null,
          },
        ],
      };

async function examine(settings: ConfigInput, play: (call: RuntimeCall) => unknown = market) {
  const { io, stdout } = scriptedIo();
  const runtime = scriptedRuntime(play, { home, ...settings });
  const status = await doctor(() => Promise.resolve(runtime), {}, io);
  return { status, text: stdout().replace(/\s+/g, " ") };
}

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A model endpoint that wants KEY and lists two models. */
async function endpoint(): Promise<string> {
  const server = createServer((request, response) => {
    const known = request.url === "/v1/models" && request.headers.authorization === `Bearer ${KEY}`;
    response.writeHead(known ? 200 : 401, { "content-type": "application/json" });
    response.end(JSON.stringify({ data: [{ id: "small" }, { id: "llama:latest" }] }));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/v1`;
}

it("with nothing configured all is well", async () => {
  const { status, text } = await examine({});
  expect(status).toBe(0);
  expect(text).toContain("AAPL 2022-08-16 to 2025-08-15, 753 bars of 1d");
  expect(text).toContain("offline: the built-in rule-based model");
  expect(text).toContain(`ok Memory ${join(home, "finagent.db")} (made when it is needed)`);
  expect(text).not.toContain("fail");
});

it("a source that fails is a failure, with what to do", async () => {
  const { status, text } = await examine({}, () => {
    throw new FinAgentError("DATA_UNREADABLE", "csv:x does not exist.", { hint: "Make it." });
  });
  expect(status).toBe(3);
  expect(text).toContain("fail Market data csv:x does not exist. Make it.");
});

it("settings that do not load are a finding", async () => {
  const { io, stdout } = scriptedIo();
  const refuse = (): Promise<never> =>
    Promise.reject(new FinAgentError("BAD_CONFIG", "The setting model is wrong."));
  expect(await doctor(refuse, { json: true }, io)).toBe(2);
  expect(JSON.parse(stdout())).toMatchObject({
    ok: false,
    checks: [
      { name: "Node.js", status: "ok" },
      { name: "Settings", status: "fail", message: "The setting model is wrong." },
    ],
  });
});

describe("a model", () => {
  it("that answers", async () => {
    const { status, text } = await examine({
      model: "openai:small",
      models: { risk: "openai:llama" },
      openai: { apiKey: KEY, baseUrl: await endpoint() },
    });
    expect(text).toContain("ok Model small, llama at http://127.0.0.1");
    expect(text).toContain("present (never shown)");
    expect(text).not.toContain(KEY);
    expect(status).toBe(0);
  });

  it("that the endpoint does not list", async () => {
    const { status, text } = await examine({
      model: "openai:big",
      openai: { apiKey: KEY, baseUrl: await endpoint() },
    });
    expect(status).toBe(4);
    expect(text).toContain("does not list big It lists small, llama:latest.");
  });

  it("whose key is refused", async () => {
    const { status, text } = await examine({
      model: "openai:small",
      openai: { apiKey: "wrong-key", baseUrl: await endpoint() },
    });
    expect(status).toBe(4);
    expect(text).toContain("refuses the key (401)");
    expect(text).not.toContain("wrong-key");
  });

  it("that is not there", async () => {
    const { status, text } = await examine({
      model: "openai:small",
      openai: { baseUrl: "http://user:pass@127.0.0.1:9/v1" },
    });
    expect(status).toBe(4);
    expect(text).toContain("http://127.0.0.1:9/v1 cannot be reached");
    expect(text).not.toContain("pass@");
  });
});

it("a home folder that cannot be written fails", async () => {
  const { status, text } = await examine({ home: "/dev/null/finagent" });
  expect(status).toBe(2);
  expect(text).toContain("--home");
});

it("a store that cannot be reached fails, and its password is not shown", async () => {
  const { status, text } = await examine({ redis: { url: "redis://user:hush-hush@127.0.0.1:9/3" } });
  expect(status).toBe(3);
  expect(text).toContain("fail Memory Redis at redis://user@127.0.0.1:9/3 cannot be reached");
  expect(text).not.toContain("hush");
});
