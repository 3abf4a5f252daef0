import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { runReportSchema } from "../src/domain/run/report.ts";
import { cleanEnvironment } from "./support/finagent-process.ts";
import { hasSharedData, sharedPath } from "./support/shared-data.ts";

const MAIN = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));

/** Settings of the machine must not reach the tests. */
const ENVIRONMENT = cleanEnvironment();

function finagent(...line: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...line], {
    encoding: "utf8",
    cwd: tmpdir(),
    env: ENVIRONMENT,
    maxBuffer: 1e8,
  });
  return { status, stdout, stderr: stderr.replace(/\s+/g, " ") };
}

/** Runs a command line and names the packages that it loaded. */
function packagesOf(...line: string[]) {
  const hook = `import { registerHooks } from "node:module";
    registerHooks({ resolve(name, context, next) {
      const found = next(name, context);
      process.stderr.write(found.url + "\\n");
      return found;
    } });`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(hook)}`, MAIN, ...line],
    { encoding: "utf8", cwd: tmpdir(), env: ENVIRONMENT },
  );
  const packages = stderr.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)/g);
  return { status, stdout, packages: new Set(Array.from(packages, ([, name]) => name)) };
}

describe("the command line as a process", () => {
  it("tells its version", () => {
    expect(finagent("--version")).toEqual({ status: 0, stdout: `${manifest.version}\n`, stderr: "" });
  });

  it("helps at once: of all packages it loads commander alone", () => {
    const { status, stdout, packages } = packagesOf("--help");
    expect(status).toBe(0);
    expect(stdout).toContain("finagent [options] [command]");
    expect(packages).toEqual(new Set(["commander"]));
  });

  it("backtests without the chart library", () => {
    const { status, packages } = packagesOf("backtest", "--strategy", "buy-and-hold", "--symbols", "AAPL");
    expect(status).toBe(0);
    expect(packages).toContain("zod");
    expect(packages).not.toContain("echarts");
  });

  it("names a near command", () => {
    const { status, stdout, stderr } = finagent("pipelin");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain("Did you mean pipeline?");
  });

  it("names a near flag", () => {
    const { status, stderr } = finagent("backtest", "--strategi", "sma-cross");
    expect(status).toBe(2);
    expect(stderr).toContain("Did you mean --strategy?");
  });

  it("names the flag whose value is wrong, as JSON where that is asked for", () => {
    const { status, stdout, stderr } = finagent(
      "--json",
      "pipeline",
      "--symbols",
      "AAPL",
      "--capital",
      "ten",
    );
    expect({ status, stderr }).toEqual({ status: 2, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: "BAD_ARGUMENT", details: { flag: "--capital" } },
    });
  });

  it("names the flag whose setting is wrong", () => {
    const { status, stderr } = finagent("data", "list", "--model", "gpt");
    expect(status).toBe(2);
    expect(stderr).toContain("--model: must be `offline` or `openai:NAME`");
    expect(stderr).not.toContain(" at ");
  });

  it("answers a request with nothing configured, marked as simulated and offline", () => {
    const { status, stdout, stderr } = finagent(
      "ask",
      "Analyze AAPL for the last 6 months and propose a portfolio",
    );
    expect(status).toBe(0);
    expect(stdout).toContain("SIMULATED");
    expect(stdout).toMatch(/^Model +offline/m);
    expect(stdout).not.toContain("\u001b");
    expect(stderr).toContain("✓ data");
  });

  it("prints the report of a request as one document", () => {
    const { status, stdout, stderr } = finagent("ask", "Analyze MSFT", "--json", "--quiet");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const report = runReportSchema.parse(JSON.parse(stdout));
    expect(report.data).toMatchObject({ simulated: true, symbols: ["MSFT"] });
  });

  it("ends silently when its reader goes away", async () => {
    const child = spawn(process.execPath, [MAIN, "data", "list", "--quiet"], { env: ENVIRONMENT });
    child.stdout.destroy();
    let told = "";
    child.stderr.setEncoding("utf8").on("data", (piece: string) => (told += piece));
    expect(await once(child, "close")).toEqual([0, null]);
    expect(told).toBe("");
  });

  it("stops on Ctrl-C while a model keeps it waiting", async () => {
    const server = createServer();
    const asked = once(server, "connection");
    await once(server.listen(0, "127.0.0.1"), "listening");
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const env = { ...ENVIRONMENT, OPENAI_API_KEY: "key", OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1` };
    const child = spawn(process.execPath, [MAIN, "ask", "Analyze AAPL", "--model", "openai:x"], { env });
    let told = "";
    child.stderr.setEncoding("utf8").on("data", (piece: string) => (told += piece));
    const closed = once(child, "close");
    await Promise.race([asked, closed]);
    child.kill("SIGINT");
    expect(await closed).toEqual([130, null]);
    expect(told).toMatch(/^Stopped\. "finagent runs resume \S+" goes on with it\.\n$/);
    server.close();
  });

  it("stops on Ctrl-C while the rules compute", async () => {
    const line = "pipeline --symbols AAPL,MSFT,NVDA,JPM --rebalance 1 --from 2016-01-04 --as-of 2026-01-02";
    const child = spawn(process.execPath, [MAIN, ...line.split(" ")], { env: ENVIRONMENT });
    let told = "";
    const begun = new Promise<void>((resolve) => {
      child.stderr.setEncoding("utf8").on("data", (piece: string) => {
        told += piece;
        if (told.includes("✓ data")) resolve();
      });
    });
    const closed = once(child, "close");
    await Promise.race([begun, closed]);
    child.kill("SIGINT");
    expect(await closed).toEqual([130, null]);
    expect(told).toContain("Stopped.");
  });

  it("shows the help of a command that only groups others", () => {
    const { status, stderr } = finagent("data");
    expect(status).toBe(0);
    expect(stderr).toContain("Usage: finagent data");
    expect(stderr).not.toMatch(/^error/m);
  });
});

describe.skipIf(!hasSharedData)("the command line on published results", () => {
  it("finds the 66 trades of an SMA cross on GOOG", () => {
    const { status, stdout } = finagent(
      ..."backtest --strategy sma-cross --param fast=10 --param slow=30 --capital 10k --commission 0 --slippage-bps 0 --whole-shares --json".split(
        " ",
      ),
      "--symbols",
      "GOOG",
      "--data",
      `csv:${sharedPath("known-results", "backtesting_py")}`,
    );
    expect(status).toBe(0);
    const report = runReportSchema.parse(JSON.parse(stdout));
    expect(report.metrics?.trades).toBe(66);
    expect(report.backtest?.finalEquity).toBeCloseTo(51_422.99, 2);
  });
});
