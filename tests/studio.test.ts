import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { optimizeReportSchema } from "../src/domain/optimize/report.ts";
import { runReportSchema } from "../src/domain/run/report.ts";
import { cleanEnvironment } from "./support/finagent-process.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** LangGraph's own dev server, as `npm run studio` starts it, on a free port. */
describe("the dev server behind Studio", () => {
  let server: ChildProcess;
  let base: string;
  let log = "";

  beforeAll(async () => {
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    const [command = "", ...args] = studioScript()
      .replace(/--port \d+/, `--port ${port}`)
      .split(" ");
    server = spawn(process.execPath, [`node_modules/.bin/${command}`, ...args], {
      cwd: ROOT,
      env: cleanEnvironment({ HOME: process.env["HOME"] ?? "", LANGSMITH_TRACING: "false" }),
      detached: true,
    });
    server.stdout?.on("data", (chunk: Buffer) => (log += chunk.toString()));
    server.stderr?.on("data", (chunk: Buffer) => (log += chunk.toString()));
    const deadline = performance.now() + 50_000;
    while (!(await isUp(`${base}/ok`))) {
      if (performance.now() > deadline) throw new Error(`the dev server did not start:\n${log}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  });

  afterAll(() => {
    // The dev server runs in a process of its own below the command.
    if (server.pid !== undefined) process.kill(-server.pid, "SIGKILL");
  });

  it("offers the graphs, with forms and nodes that explain themselves", async () => {
    const assistants = (await post("/assistants/search", {})) as { assistant_id: string; graph_id: string }[];
    expect(assistants.map((one) => one.graph_id).sort()).toEqual(["manager", "optimizer", "pipeline"]);
    for (const { assistant_id: id, graph_id: graph } of assistants) {
      const schemas = (await get(`/assistants/${id}/schemas`)) as { input_schema: { properties: object } };
      const expected = graph === "manager" ? ["request", "asOf", "messages"] : ["symbols", "from", "to"];
      expect(Object.keys(schemas.input_schema.properties)).toEqual(expect.arrayContaining(expected));
      const drawn = (await get(`/assistants/${id}/graph`)) as { nodes: { id: string }[] };
      expect(drawn.nodes.map((node) => node.id)).toEqual(
        expect.arrayContaining(
          {
            manager: ["take_request", "manager"],
            optimizer: ["evaluate", "attribute", "propose", "trial", "gate", "promote"],
            pipeline: ["fetch_data", "assess_risk"],
          }[graph] ?? [],
        ),
      );
    }
  });

  it.each([
    ["manager", { request: "Analyze AAPL for the last 6 months and propose a portfolio" }],
    ["manager", { messages: [{ role: "user", content: "Compare Apple and Microsoft" }] }],
    ["pipeline", { symbols: ["AAPL", "MSFT"], from: "2024-01-02", to: "2024-12-31" }],
  ])("returns the report of a run of %s for %j", async (assistant, input) => {
    const result = (await post("/runs/wait", { assistant_id: assistant, input })) as { report: unknown };
    const report = runReportSchema.parse(result.report);
    expect(report.status).toBe("done");
    expect(report.data?.simulated).toBe(true);
    expect(report.steps.length).toBeGreaterThan(2);
    if (assistant === "manager") expect(report.answer).toMatch(/simulated/i);
    else expect(report.rebalances.length).toBeGreaterThan(10);
  });

  it("returns the report of an optimisation", async () => {
    const input = {
      agent: "alpha",
      target: 99,
      budget: 1,
      folds: 2,
      symbols: ["AAPL", "JPM"],
      from: "2023-01-03",
    };
    const result = (await post("/runs/wait", { assistant_id: "optimizer", input })) as { report: unknown };
    const report = optimizeReportSchema.parse(result.report);
    expect(report.data.simulated).toBe(true);
    expect(report.trials).toHaveLength(1);
  });

  it("keeps a conversation on a thread of its own", async () => {
    const { thread_id: thread } = (await post("/threads", {})) as { thread_id: string };
    const say = async (request: string): Promise<string[]> => {
      const body = { assistant_id: "manager", input: { request } };
      const result = (await post(`/threads/${thread}/runs/wait`, body)) as { report: unknown };
      return runReportSchema.parse(result.report).data?.symbols ?? [];
    };
    expect(await say("Analyze AAPL for the last 3 months")).toEqual(["AAPL"]);
    expect(await say("and with Microsoft added?")).toEqual(["AAPL", "MSFT"]);
  });

  async function get(path: string): Promise<unknown> {
    return (await fetch(`${base}${path}`)).json();
  }

  async function post(path: string, body: unknown): Promise<unknown> {
    const answer = await fetch(`${base}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return answer.json();
  }
});

function studioScript(): string {
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    scripts: { studio: string };
  };
  return manifest.scripts.studio;
}

async function isUp(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === "string") reject(new Error("no port"));
        else resolve(address.port);
      });
    });
  });
}
