import { describe, expect, it } from "vitest";
import { chatCompletionsServer } from "./support/chat-completions-server.ts";
import { finagent, serving } from "./support/finagent-process.ts";

/** Tells on stderr of every connection that a process opens and every name that it looks up. */
const WATCH = `import dns from "node:dns";
  import net from "node:net";
  const watch = (object, name) => {
    const inner = object[name];
    object[name] = function (...args) {
      // An address is "looked up" without a question to anyone.
      if (!net.isIP(args[0])) process.stderr.write("NETWORK " + name + " " + JSON.stringify(args[0]) + "\\n");
      return inner.apply(this, args);
    };
  };
  watch(net.Socket.prototype, "connect");
  for (const name of ["lookup", "resolve", "resolve4", "resolve6"]) {
    watch(dns, name);
    watch(dns.promises, name);
  }`;

const node = ["--import", `data:text/javascript,${encodeURIComponent(WATCH)}`];

describe.concurrent("with nothing configured", { timeout: 60_000 }, () => {
  it("a request opens no connection and looks up no name", async () => {
    const { status, stderr } = await finagent(["ask", "Analyze AAPL and propose a portfolio"], { node });
    expect(status).toBe(0);
    expect(stderr).toContain("✓ portfolio");
    expect(stderr).not.toContain("NETWORK");
  });

  it("nor does a server, nor the doctor", async () => {
    const doctor = finagent(["doctor", "--json"], { node });
    const server = await serving(["--as-of", "2025-06-30"], { node });
    const bodies = {
      "/chat": { request: "Compare Apple and Microsoft" },
      "/pipeline": { symbols: ["AAPL", "JPM"], from: "2025-01-02" },
    };
    for (const [path, body] of Object.entries(bodies)) {
      const headers = { "content-type": "application/json" };
      const response = await fetch(server.url + path, {
        method: "POST",
        headers,
        body: JSON.stringify(body),
      });
      expect(await response.json()).toMatchObject({ status: "done" });
    }
    expect(await server.stop()).toMatchObject({
      status: 0,
      stderr: expect.not.stringContaining("NETWORK") as string,
    });
    expect(await doctor).toMatchObject({ status: 0, stderr: "" });
  });

  it("which this test would see: a model's endpoint is connected to", async () => {
    const model = await chatCompletionsServer([{ text: "It rose." }]);
    const env = { OPENAI_BASE_URL: model.baseUrl };
    const { status, stderr } = await finagent(["ask", "x", "--model", "openai:test"], { node, env });
    await model.close();
    expect(status).toBe(0);
    expect(stderr).toContain("NETWORK connect");
    expect(stderr).toContain(new URL(model.baseUrl).port);
    expect(stderr).not.toContain("NETWORK lookup");
  });
});
