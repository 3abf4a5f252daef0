import { request } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { sampleReport, scriptedRuntime, type RuntimeCall } from "../../tests/support/scripted-runtime.ts";
import { serverSentEvents } from "../../tests/support/server-sent-events.ts";
import type { ConfigInput } from "../config.ts";
import { startServer, type ListeningServer } from "./index.ts";

const open: ListeningServer[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map(async (server) => server.close()));
});

async function serve(
  play: (call: RuntimeCall) => unknown = () => sampleReport(),
  settings: ConfigInput = {},
  host = "127.0.0.1",
): Promise<string> {
  const server = await startServer(scriptedRuntime(play, settings), { host, port: 0 });
  open.push(server);
  return server.url;
}

function chat(headers: Record<string, string> = {}): RequestInit {
  return {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ request: "x" }),
  };
}

/** Status of a request whose Host header is not that of its URL, which `fetch` does not send. */
async function statusWithHost(url: string, host: string): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  request(url, { headers: { host } }, (response) => {
    response.resume();
    resolve(response.statusCode);
  })
    .on("error", reject)
    .end();
  return promise;
}

describe("streaming", () => {
  it("sends each event while the run still works", async () => {
    const received = Promise.withResolvers<void>();
    const url = await serve(async ({ options }) => {
      options.onEvent?.({ type: "started", runId: "run-1", threadId: "thread-1" });
      await received.promise;
      options.onEvent?.({ type: "token", text: "AAPL" });
      return sampleReport();
    });
    const response = await fetch(`${url}/chat`, chat({ accept: "text/event-stream" }));
    if (response.body === null) throw new Error("no body");
    const names: string[] = [];
    for await (const { event } of serverSentEvents(response.body)) {
      names.push(event);
      // The run waits for this, so the first event cannot have been held back until its end.
      received.resolve();
    }
    expect(names).toEqual(["started", "token", "report"]);
  });

  it.each(["application/json", "text/event-stream"])(
    "a client that goes away aborts the run (%s)",
    async (accept) => {
      const begun = Promise.withResolvers<void>();
      const aborted = Promise.withResolvers<void>();
      const url = await serve(async ({ options }) => {
        options.signal?.addEventListener("abort", () => aborted.resolve());
        begun.resolve();
        options.onEvent?.({ type: "token", text: "AAPL" });
        await aborted.promise;
        throw new Error("aborted");
      });
      const client = new AbortController();
      const answer = fetch(`${url}/chat`, { ...chat({ accept }), signal: client.signal }).then(
        async (response) => response.text(),
      );
      await begun.promise;
      client.abort();
      await expect(answer).rejects.toThrow("aborted");
      await aborted.promise;
    },
  );
});

describe("who is let in", () => {
  it("refuses a foreign Host header on loopback", async () => {
    const url = await serve();
    const { port } = new URL(url);
    expect(await statusWithHost(`${url}/health`, `localhost:${port}`)).toBe(200);
    expect(await statusWithHost(`${url}/health`, `evil.example:${port}`)).toBe(403);
  });

  it("wants the token for all but /health", async () => {
    const url = await serve(undefined, { server: { apiToken: "the-token" } });
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect((await fetch(`${url}/chat`, chat())).status).toBe(401);
    expect((await fetch(`${url}/chat`, chat({ authorization: "Bearer the-token" }))).status).toBe(200);
  });

  it.each(["0.0.0.0", "::", "192.0.2.1", "finagent.example"])(
    "does not listen on %s without a token",
    async (host) => {
      await expect(serve(undefined, {}, host)).rejects.toMatchObject({
        code: "BAD_CONFIG",
        hint: expect.stringContaining("FINAGENT_API_TOKEN") as string,
      });
    },
  );

  it("listens beyond loopback with a token, under any name", async () => {
    const url = await serve(undefined, { server: { apiToken: "the-token" } }, "0.0.0.0");
    const { port } = new URL(url);
    expect(await statusWithHost(`http://127.0.0.1:${port}/health`, "finagent.example")).toBe(200);
    expect(await statusWithHost(`http://127.0.0.1:${port}/docs`, "finagent.example")).toBe(401);
  });
});

describe("bodies of unknown length", () => {
  it.each([
    [1000, 200],
    [1_000_001, 413],
  ])("%i bytes in chunks -> %i", async (size, status) => {
    const url = await serve();
    const text = JSON.stringify({ request: "x" }).padEnd(size);
    const body = new Blob([text]).stream();
    const init = { ...chat(), body, duplex: "half" } as const;
    expect((await fetch(`${url}/chat`, init)).status).toBe(status);
  });
});

describe("starting and ending", () => {
  it("says that the port is taken", async () => {
    const { port } = new URL(await serve());
    const second = startServer(
      scriptedRuntime(() => sampleReport()),
      { host: "127.0.0.1", port: Number(port) },
    );
    await expect(second).rejects.toMatchObject({ code: "BAD_CONFIG", details: { reason: "EADDRINUSE" } });
  });

  it("closes after the runs under way, and answers them", async () => {
    const begun = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const play = async (): Promise<unknown> => {
      begun.resolve();
      await release.promise;
      return sampleReport();
    };
    const server = await startServer(scriptedRuntime(play), { host: "127.0.0.1", port: 0 });
    const answer = fetch(`${server.url}/chat`, chat());
    await begun.promise;
    const closing = server.close();
    await expect(fetch(`${server.url}/health`)).rejects.toThrow("fetch failed");
    release.resolve();
    const response = await answer;
    expect(await response.json()).toEqual(sampleReport());
    await closing;
  });

  it("closes when its signal aborts", async () => {
    const stop = new AbortController();
    const server = await startServer(
      scriptedRuntime(() => sampleReport()),
      { host: "127.0.0.1", port: 0, signal: stop.signal },
    );
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
    stop.abort();
    await server.close();
    await expect(fetch(`${server.url}/health`)).rejects.toThrow("fetch failed");
  });
});
