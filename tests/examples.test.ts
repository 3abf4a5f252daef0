import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { simulatedMarketData } from "../src/adapters/simulated/simulated-market-data.ts";
import type { Bars } from "../src/domain/market/bars.ts";
import { chatCompletionsServer, type Reply } from "./support/chat-completions-server.ts";
import type { ChatRequest } from "./support/chat-protocol.ts";
import { testHome } from "./support/test-config.ts";

const FOLDER = fileURLToPath(new URL("../examples/", import.meta.url));
/** An example ends within seconds; not so where many tests share few cores. */
const PATIENCE_MS = 120_000;
const EXAMPLES = readdirSync(FOLDER).filter((name) => name.endsWith(".ts"));

interface Ended {
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs an example as its own process, away from any settings of this machine. */
function run(name: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const { promise, resolve } = Promise.withResolvers<Ended>();
  const inherited = Object.entries(process.env).filter(
    ([key]) => !/^(FINAGENT_|OPENAI_|VITEST|FORCE_COLOR)/.test(key),
  );
  execFile(
    process.execPath,
    [`${FOLDER}${name}`, ...args],
    {
      cwd: tmpdir(),
      env: { ...Object.fromEntries(inherited), FINAGENT_HOME: testHome(), ...env },
      timeout: PATIENCE_MS,
    },
    (error, stdout, stderr) =>
      resolve({ code: error?.code ?? (error === null ? 0 : "killed"), stdout, stderr }),
  );
  return promise;
}

const PERIOD = ["--symbols", "AAPL", "--from", "2023-01-03", "--to", "2024-12-31", "--json", "--quiet"];

interface Backtested {
  readonly strategy: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly from: string;
  readonly trades: number;
}

/** A command line of the documented kind, and what its report says. */
async function backtest(line: readonly string[]): Promise<Backtested> {
  const { code, stdout, stderr } = await run("../src/cli/main.ts", line);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { backtest, metrics } = JSON.parse(stdout) as { backtest: Backtested; metrics: { trades: number } };
  return { ...backtest, trades: metrics.trades };
}

/** The bars that the examples see, from the simulated market itself. */
async function barsUntil(symbol: string, until: string): Promise<Bars> {
  const market = simulatedMarketData({ seed: 1, clock: { now: () => Date.now() } });
  return (await market.series(symbol, Date.parse(until))).bars;
}

interface Trip {
  readonly entryTime: string;
  readonly exitTime: string;
  readonly entryPrice: number;
  readonly exitPrice: number;
}

/** What my-orders.ts should do, bar by bar and without the engine. */
function trailedBreakouts(bars: Bars, from: number, channel: number, trail: number): Trip[] {
  const of = (i: number) => ({
    time: new Date(bars.time[i] ?? NaN).toISOString(),
    open: bars.open[i] ?? NaN,
    high: bars.high[i] ?? NaN,
    low: bars.low[i] ?? NaN,
    close: bars.close[i] ?? NaN,
  });
  const trips: Trip[] = [];
  let entry: { readonly entryTime: string; readonly entryPrice: number; best: number } | null = null;
  for (let i = bars.time.findIndex((time) => time >= from) + 1; i < bars.length; i += 1) {
    const { time, open, high, low, close } = of(i);
    const leave = (exitPrice: number): void => {
      if (entry !== null)
        trips.push({ entryTime: entry.entryTime, entryPrice: entry.entryPrice, exitTime: time, exitPrice });
      entry = null;
    };
    // What is held at the end is closed at the last open.
    if (i === bars.length - 1) {
      leave(open);
    } else if (entry === null) {
      const stop = Math.max(...bars.high.subarray(i - channel, i));
      if (high < stop) continue;
      entry = { entryTime: time, entryPrice: Math.max(open, stop), best: close };
      if (low <= stop * (1 - trail)) leave(stop * (1 - trail));
    } else {
      const stop = entry.best * (1 - trail);
      entry.best = Math.max(entry.best, high);
      if (low <= stop) leave(Math.min(open, stop));
    }
  }
  return trips;
}

describe.concurrent("the examples", { timeout: PATIENCE_MS }, () => {
  it("ask from code", async ({ expect }) => {
    const { code, stdout, stderr } = await run("ask-from-code.ts");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^plan +data, alpha, risk, portfolio, backtest$/m);
    for (const agent of ["data", "alpha", "risk", "portfolio", "backtest"]) {
      expect(stdout).toMatch(new RegExp(`^step +${agent} \\d+ ms: .+`, "m"));
    }
    expect(stdout).toContain("**SIMULATED data:**");
    expect(stdout).toContain("Capital 50,000");
    // Six months back from Monday 2025-06-30 begin on Monday 2024-12-30.
    expect(stdout).toMatch(/^data +simulated 2024-12-30 2025-06-30$/m);
    expect(stdout.match(/^signal +(AAPL|MSFT) -?[01]\.\d\d (long|short|neutral)$/gm)).toHaveLength(2);
    expect(stdout).toMatch(/^risk +(LOW|MODERATE|HIGH) exposure up to [01][.\d]*$/m);
    expect(stdout).toMatch(/^unverified +\[\]$/m);
  });

  it("the pipeline as a library", async ({ expect }) => {
    const { code, stdout, stderr } = await run("pipeline-as-library.ts");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const column = (row: string): number[] =>
      [...(new RegExp(`│ ${row} .*`).exec(stdout)?.[0] ?? "").matchAll(/-?\d+(?:\.\d+)?/g)].map(([figure]) =>
        Number(figure),
      );
    const [usual, careful, held] = [column("usual"), column("careful"), column("equal parts, held")];
    const [, , drawdown = NaN, exposure = NaN, rebalances] = usual;
    // 502 sessions in 2023 and 2024, one decision every 21.
    expect(rebalances).toBe(24);
    expect(careful[4]).toBe(24);
    expect(careful[3]).toBeLessThan(0.7 * exposure);
    expect(careful[2]).toBeGreaterThan(drawdown);
    expect(held).toHaveLength(3);
    const dates = [...stdout.matchAll(/^(\d{4}-\d\d-\d\d)  \D+ ([\d.]+)  \D+ ([\d.]+)$/gm)];
    expect(dates.map(([, date]) => date)).toHaveLength(24);
    expect(dates[0]?.[1]).toBe("2023-01-03");
    for (const [, , one, other] of dates) expect(Number(other)).toBeLessThanOrEqual(Number(one) + 0.1);
    expect(stdout).toMatch(/^UNKNOWN_SYMBOL: APPL .+\n.*AAPL/m);
  });

  it("a custom tool", async ({ expect }) => {
    const { code, stdout, stderr } = await run("custom-tool.ts");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const { open, close } = await barsUntil("NVDA", "2025-07-01T00:00:00Z");
    const days = Array.from({ length: 60 }, (_, i) => close.length - 60 + i);
    const squares = (from: (i: number) => number, to: (i: number) => number): number =>
      days.map((i) => (Math.log(to(i)) - Math.log(from(i))) ** 2).reduce((sum, one) => sum + one);
    const overnight = squares(
      (i) => close[i - 1] ?? NaN,
      (i) => open[i] ?? NaN,
    );
    const session = squares(
      (i) => open[i] ?? NaN,
      (i) => close[i] ?? NaN,
    );
    const [, said] = /^The overnight share of the variance is (.+)\.$/m.exec(stdout) ?? [];
    expect(Number(said)).toBeCloseTo(overnight / (overnight + session), 5);
    expect(stdout).toMatch(/^- overnight_risk: overnightShare 0\.\d+, bars 60$/m);
    expect(stdout).toContain("plan data done, overnight done");
    expect(stdout).toContain("unverified []");
  });

  it("a custom factor", async ({ expect }) => {
    const { code, stdout, stderr } = await run("custom-factor.ts");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const [, decided = ""] = /^signals at the last of 26 dates, (.+)$/m.exec(stdout) ?? [];
    for (const symbol of ["AAPL", "MSFT", "NVDA", "JPM", "XOM"]) {
      const { close } = await barsUntil(symbol, decided);
      const returns = [...close].map((price, i) => price / (close[i - 1] ?? NaN) - 1).slice(-21);
      const best = Math.max(...returns);
      const [, value] = new RegExp(`^${symbol} .+ calmest-best (-?[\\d.]+) scores`, "m").exec(stdout) ?? [];
      expect(Number(value)).toBeCloseTo(-best, 5);
    }
    expect(stdout).toMatch(/^alpha prompt 1\+[0-9a-f]{8}$/m);
  });

  it("a strategy of one's own", async ({ expect }) => {
    const line = ["backtest", "--strategy", `${FOLDER}my-strategy.ts`, "--param", "period=50"];
    const { from, trades } = await backtest([...line, ...PERIOD]);
    const bars = await barsUntil("AAPL", "2025-01-01T00:00:00Z");
    const average = (i: number): number =>
      bars.close.subarray(i - 49, i + 1).reduce((sum, one) => sum + one, 0) / 50;
    const first = bars.time.indexOf(Date.parse(from));
    // Decided at a close, filled at the next open; what was held before the window is bought at its first.
    const held = Array.from({ length: bars.length - first }, (_, k) => {
      const i = first + k;
      return (bars.close[i] ?? NaN) > average(i);
    });
    const entries = held.filter((is, k) => is && k < held.length - 1 && (k === 0 || held[k - 1] !== true));
    expect(trades).toBe(entries.length);
  });

  it("a strategy that places orders", async ({ expect }) => {
    const line = ["backtest", "--strategy", `${FOLDER}my-orders.ts`, "--param", "channel=20", "--param"];
    const free = ["trail=0.06", "--commission", "0", "--slippage-bps", "0"];
    const { code, stdout, stderr } = await run("../src/cli/main.ts", [...line, ...free, ...PERIOD]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const { tradeList } = JSON.parse(stdout) as { tradeList: readonly Trip[] };
    const bars = await barsUntil("AAPL", "2025-01-01T00:00:00Z");
    const expected = trailedBreakouts(bars, Date.parse("2023-01-03"), 20, 0.06);
    expect(expected.length).toBeGreaterThan(5);
    expect(tradeList).toHaveLength(expected.length);
    for (const [k, { entryTime, exitTime, entryPrice, exitPrice }] of expected.entries()) {
      expect(tradeList[k]).toMatchObject({ entryTime, exitTime });
      expect(tradeList[k]?.entryPrice).toBeCloseTo(entryPrice, 6);
      expect(tradeList[k]?.exitPrice).toBeCloseTo(exitPrice, 6);
    }
  });

  it("a strategy as data", async ({ expect }) => {
    const line = ["backtest", "--strategy", `${FOLDER}my-strategy.json`, "--param", "weak=20"];
    const { strategy, params, trades } = await backtest([...line, ...PERIOD]);
    expect({ strategy, params }).toEqual({
      strategy: "pullback",
      params: { trend: 200, weak: 20, strong: 70 },
    });
    expect(trades).toBeGreaterThan(0);
  });

  it("a local model", async ({ expect }) => {
    const server = await chatCompletionsServer(localModel);
    const { code, stdout, stderr } = await run("local-model.ts", ["tiny:1b"], {
      OPENAI_BASE_URL: server.baseUrl,
    });
    await server.close();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const [, level] =
      /^The risk of NVDA is (LOW|MODERATE|HIGH)\. It will rise by 987\.65%\.$/m.exec(stdout) ?? [];
    expect(stdout).toMatch(new RegExp(`^- ${level}, exposure up to`, "m"));
    expect(stdout).toContain(`model openai:tiny:1b at ${server.baseUrl}`);
    expect(stdout).toContain("unverified [ '987.65%' ]");
    expect(stdout).toMatch(/^tokens [1-9]\d* in, [1-9]\d* out$/m);
    // Only the manager asked the model, by its name and without a key of anybody.
    expect(server.requests.map(({ body }) => body.model)).toEqual(Array(4).fill("tiny:1b"));
    expect(server.requests.map(({ authorization }) => authorization)).toEqual(Array(4).fill("Bearer none"));
  });

  it("a local model that is not running", async ({ expect }) => {
    const nowhere = await chatCompletionsServer([]);
    await nowhere.close();
    const env = { OPENAI_BASE_URL: nowhere.baseUrl };
    const { code, stderr } = await run("local-model.ts", ["tiny:1b"], env);
    expect(stderr).toMatch(/^MODEL_UNREACHABLE: .*tiny:1b.*ECONNREFUSED/);
    expect(stderr).not.toContain("    at ");
    expect(code).toBe(4);
  });
});

describe("each example", () => {
  it.each(EXAMPLES)("%s is one page that says how to run it, and stands in the index", (name) => {
    const text = readFileSync(`${FOLDER}${name}`, "utf8");
    expect(text.split("\n").length).toBeLessThanOrEqual(80);
    expect(text.startsWith("/**\n")).toBe(true);
    const command = name.startsWith("my-")
      ? `npx node src/cli/main.ts backtest --strategy examples/${name}`
      : `npx node examples/${name}`;
    expect(text.split("*/")[0]).toContain(command);
    expect(readFileSync(`${FOLDER}README.md`, "utf8")).toContain(command);
  });
});

/** Plans, fetches, asks for the risk, and answers with one figure that nobody computed. */
function localModel({ messages }: ChatRequest, index: number): Reply {
  const heard = (): Record<string, string> =>
    JSON.parse(String(messages.at(-1)?.content)) as Record<string, string>;
  const plan = [
    { id: "data", tool: "fetch_market_data", purpose: "prices" },
    { id: "risk", tool: "ask_risk_agent", purpose: "risk", dependsOn: ["data"] },
  ];
  switch (index) {
    case 0:
      return { calls: [{ name: "write_plan", args: { tasks: plan } }] };
    case 1:
      return { calls: [{ name: "fetch_market_data", args: { symbols: ["NVDA"], lastMonths: 6 } }] };
    case 2:
      return { calls: [{ name: "ask_risk_agent", args: { dataSetId: heard()["dataSetId"] ?? "" } }] };
    default:
      return { text: `The risk of NVDA is ${heard()["level"]}. It will rise by 987.65%.` };
  }
}
