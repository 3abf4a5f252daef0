import { describe, expect, it } from "vitest";
import { scriptedIo } from "../../tests/support/scripted-io.ts";
import { type RuntimeCall, sampleReport, scriptedRuntime } from "../../tests/support/scripted-runtime.ts";
import { backtestSettingsSchema } from "../domain/backtest/settings.ts";
import { FinAgentError } from "../domain/errors.ts";
import { pipelineInputSchema } from "../domain/run/pipeline-input.ts";
import { backtestInputSchema } from "../domain/run/backtest-input.ts";
import { compareInputSchema } from "../domain/run/compare-input.ts";
import { stressInputSchema } from "../domain/run/stress-input.ts";
import { parseInput } from "../tools/tool.ts";
import { runCli } from "./run-cli.ts";

/** Runs a command line against a scripted runtime. */
async function run(line: readonly string[], play: (call: RuntimeCall) => unknown = () => sampleReport()) {
  const { io, stdout, stderr } = scriptedIo();
  const runtime = scriptedRuntime(play);
  const given: unknown[] = [];
  const status = await runCli(line, io, (flags) => {
    given.push(flags);
    return Promise.resolve(runtime);
  });
  return { status, stdout: stdout(), stderr: stderr(), calls: runtime.calls, flags: given[0] };
}

describe("flags become the input of the tool", () => {
  it("ask", async () => {
    const { calls, status } = await run(["ask", "Analyze", "AAPL", "--thread", "t1"]);
    expect(calls).toMatchObject([{ tool: "ask", input: { request: "Analyze AAPL", threadId: "t1" } }]);
    expect(status).toBe(0);
  });

  it("pipeline", async () => {
    const { calls } = await run(
      "pipeline --symbols AAPL,MSFT --from 2023-08-15 --to 2025-08-15 --capital 50k --rebalance 21 --agents llm --max-weight 30% --min-cash 0.1 --long-only --risk-target 10% --commission 0.1% --slippage-bps 5 --fill close --whole-shares".split(
        " ",
      ),
    );
    expect(calls).toMatchObject([{ tool: "run_pipeline" }]);
    expect(parseInput(pipelineInputSchema, calls[0]?.input)).toMatchObject({
      symbols: ["AAPL", "MSFT"],
      from: "2023-08-15",
      to: "2025-08-15",
      rebalance: 21,
      agents: "llm",
      constraints: { maxWeight: 0.3, minCash: 0.1, longOnly: true },
      risk: { volatilityTarget: 0.1 },
      settings: {
        capital: 50_000,
        fill: "close",
        commission: 0.001,
        slippageBps: 5,
        wholeShares: true,
        riskFreeRate: 0,
      },
    });
  });

  it("absent flags leave every default to the schema", async () => {
    const { calls } = await run(["pipeline", "--symbols", "AAPL"]);
    expect(calls[0]?.input).toStrictEqual({ symbols: ["AAPL"], constraints: {}, risk: {}, settings: {} });
  });

  it("backtest", async () => {
    const { calls } = await run(
      "backtest --strategy sma-cross --param fast=10 --param slow=30 --symbols goog".split(" "),
    );
    expect(calls).toMatchObject([{ tool: "backtest_strategy" }]);
    expect(parseInput(backtestInputSchema, calls[0]?.input)).toMatchObject({
      strategy: "sma-cross",
      params: { fast: 10, slow: 30 },
      symbols: ["GOOG"],
    });
  });

  it("stress", async () => {
    const line =
      "stress --strategy sma-cross --param fast=10 --symbols AAPL --scenario 2008,gap-down --scenario drop=-0.3,bars=20 --simulate garch --paths 100";
    const { calls } = await run(line.split(" "), () =>
      Promise.reject(new FinAgentError("INTERNAL", "enough")),
    );
    expect(calls).toMatchObject([{ tool: "stress_strategy" }]);
    expect(parseInput(stressInputSchema, calls[0]?.input)).toMatchObject({
      strategy: "sma-cross",
      params: { fast: 10 },
      symbols: ["AAPL"],
      scenarios: ["2008", "gap-down", "drop=-0.3,bars=20"],
      models: ["garch"],
      paths: 100,
    });
  });

  it("compare", async () => {
    const line =
      "compare sma-cross:fast=10,slow=30 ./mine.ts:n=5 --symbols AAPL,MSFT --commission 0.1% --risk-free-rate 2%";
    const { calls, flags } = await run(line.split(" "), () =>
      Promise.reject(new FinAgentError("INTERNAL", "enough")),
    );
    expect(flags).toMatchObject({ strategies: ["sma-cross", "./mine.ts"] });
    expect(calls).toMatchObject([{ tool: "compare_strategies" }]);
    expect(parseInput(compareInputSchema, calls[0]?.input)).toMatchObject({
      a: { strategy: "sma-cross", params: { fast: 10, slow: 30 } },
      b: { strategy: "./mine.ts", params: { n: 5 } },
      symbols: ["AAPL", "MSFT"],
      settings: { commission: 0.001, riskFreeRate: 0.02 },
    });
  });

  it("global flags are taken before and after the command", async () => {
    const line = "--data csv:x --seed 7 ask hello --as-of 2025-08-15 --model offline --home h --quiet";
    const { flags } = await run(line.split(" "));
    expect(flags).toMatchObject({
      data: "csv:x",
      seed: 7,
      asOf: "2025-08-15",
      model: "offline",
      home: "h",
      quiet: true,
    });
  });
});

describe("symbols that are not named", () => {
  const offering =
    (...symbols: string[]) =>
    ({ tool }: RuntimeCall) =>
      tool === "list_symbols"
        ? {
            source: "csv:x",
            simulated: false,
            benchmark: null,
            symbols: symbols.map((symbol) => ({ symbol, name: null, kind: "unknown" })),
          }
        : sampleReport();

  it("are the only one that the source holds", async () => {
    const { calls } = await run(["backtest", "--strategy", "sma-cross"], offering("GOOG"));
    expect(calls.at(-1)?.input).toMatchObject({ symbols: ["GOOG"] });
  });

  it("are asked for where it holds several", async () => {
    const { status, stderr } = await run(["pipeline"], offering("AAPL", "MSFT"));
    expect(status).toBe(2);
    expect(stderr).toContain("--symbols");
    expect(stderr).toContain("AAPL, MSFT");
  });
});

describe("what goes wrong", () => {
  it("is told as the flag that was typed, with all others that are wrong", async () => {
    const { status, stderr } = await run(
      ["pipeline", "--symbols", "AAPL", "--capital", "0", "--max-weight", "2000%"],
      ({ input }) => parseInput(pipelineInputSchema, input),
    );
    expect(status).toBe(2);
    expect(stderr).toContain("--capital: ");
    expect(stderr).toContain("--max-weight: ");
    expect(stderr).toContain("finagent pipeline --help");
    expect(stderr).not.toContain("settings.");
  });

  it.each([
    [
      "sweep --strategy x --grid a=1:2 --risk-free-rate 2",
      "--risk-free-rate: 2 is 200%.",
      "Did you mean 2%?",
    ],
    // None of its figures has a risk-free rate in it.
    ["stress --strategy x --risk-free-rate 2%", "Unknown option '--risk-free-rate'", "finagent"],
    [
      "backtest --strategy x --symbols A --dividends cash",
      "--dividends: adjusted prices pay none",
      "--raw-prices",
    ],
  ])("%s", async (line, message, hint) => {
    const { status, stderr } = await run(line.split(" "));
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
  });

  it("names the flag of an error that the work itself met", async () => {
    const { stderr } = await run(["pipeline", "--symbols", "AAPL"], () => {
      throw new FinAgentError("BAD_ARGUMENT", "It begins after its end.", { details: { field: "from" } });
    });
    expect(stderr).toBe("error  --from: It begins after its end.\n");
  });

  it.each([
    ["BAD_REQUEST", 2],
    ["DATA_INVALID", 3],
    ["MODEL_AUTH", 4],
    ["LIMIT_REFUSED", 5],
    ["INTERNAL", 1],
  ] as const)("%s exits with %i, on stderr alone", async (code, exitStatus) => {
    const { status, stdout, stderr } = await run(["ask", "x"], () => {
      throw new FinAgentError(code, "It failed.", { hint: "Do that." });
    });
    expect({ status, stdout, stderr }).toEqual({
      status: exitStatus,
      stdout: "",
      stderr: "error  It failed.\nnext   Do that.\n",
    });
  });

  it("is one JSON document on stdout with --json", async () => {
    const { status, stdout, stderr } = await run(["ask", "x", "--json"], () => {
      throw new FinAgentError("MODEL_TIMEOUT", "It took too long.", { details: { seconds: 60 } });
    });
    expect(status).toBe(4);
    expect(JSON.parse(stdout)).toEqual({
      error: { code: "MODEL_TIMEOUT", message: "It took too long.", details: { seconds: 60 } },
    });
    expect(stderr).toBe("");
  });

  it.each([
    [["pipelin"], "Did you mean pipeline?"],
    [["pipeline", "--form", "2024-01-01"], "Did you mean --from?"],
    [["data", "lst"], "Did you mean list?"],
    [["ask"], "request"],
    [["backtest"], "--strategy"],
    [["backtest", "--strategy", "x", "--fill", "never"], "next-open, close."],
    [["pipeline", "--capital", "ten"], '--capital: "ten"'],
    [["pipeline", "--from", "soon"], "--from: "],
    [["ask", "x", "--seed", "1.5"], "--seed: "],
  ])("%j exits with 2", async (line, said) => {
    const { status, stderr, calls } = await run(line);
    expect(status).toBe(2);
    expect(stderr.replace(/\s+/g, " ")).toContain(said);
    expect(calls).toEqual([]);
  });

  it("a report of a run that failed exits with the status of the failure", async () => {
    const step = { agent: "data", tool: "fetch", ms: 1, by: null, summary: "" };
    const { status } = await run(["ask", "x"], () =>
      sampleReport({ status: "failed", steps: [{ ...step, error: "DATA_UNREADABLE: no permission" }] }),
    );
    expect(status).toBe(3);
  });
});

it("with --json stdout is the report and nothing else, progress goes to stderr", async () => {
  const report = sampleReport();
  const { stdout, stderr } = await run(["ask", "x", "--json"], ({ options }) => {
    options.onEvent?.({ type: "token", text: "# AAPL\n" });
    options.onEvent?.({
      type: "step-finished",
      step: { agent: "data", tool: "fetch_market_data", ms: 38, by: null, summary: "fetch AAPL, 125 bars" },
    });
    return report;
  });
  expect(JSON.parse(stdout)).toEqual(report);
  expect(stderr).toMatch(/✓ data\s+fetch AAPL, 125 bars\s+38 ms\n/);
});

describe("Ctrl-C", () => {
  it("ends a run at once, also one that does not listen", async () => {
    const { io, stderr, interrupt } = scriptedIo();
    const runtime = scriptedRuntime(() => {
      setTimeout(interrupt, 10);
      return new Promise(() => {});
    });
    expect(await runCli(["ask", "x"], io, () => Promise.resolve(runtime))).toBe(130);
    expect(stderr()).toBe("Stopped.\n");
  });

  it("says how the run that it stopped is taken up again", async () => {
    const { io, stderr, interrupt } = scriptedIo();
    const runtime = scriptedRuntime(({ options }) => {
      options.onEvent?.({ type: "started", runId: "2025-07-01-1a2b", threadId: "t" });
      setTimeout(interrupt, 10);
      return new Promise(() => {});
    });
    expect(await runCli(["ask", "x"], io, () => Promise.resolve(runtime))).toBe(130);
    expect(stderr()).toBe('Stopped. "finagent runs resume 2025-07-01-1a2b" goes on with it.\n');
  });

  it("is no error where the run ends itself with one", async () => {
    const { io, stderr, stdout, interrupt } = scriptedIo();
    const runtime = scriptedRuntime(async ({ options }) => {
      interrupt();
      await Promise.resolve();
      options.signal?.throwIfAborted();
    });
    expect(await runCli(["ask", "x", "--json"], io, () => Promise.resolve(runtime))).toBe(130);
    expect(stderr()).toBe("Stopped.\n");
    expect(stdout()).toBe("");
  });
});

describe("help", () => {
  const commands = [
    "ask",
    "chat",
    "pipeline",
    "backtest",
    "stress",
    "compare",
    "data list",
    "data check",
    "doctor",
    "serve",
    "studio",
  ];

  it.each(commands)("%s shows its examples and the flags for all", async (command) => {
    const { stdout, status } = await run([...command.split(" "), "--help"]);
    expect(status).toBe(0);
    expect(stdout).toContain(`finagent ${command}`);
    expect(stdout).toContain("Examples:");
    expect(stdout).toContain("--as-of");
  });

  it("states the defaults that the schema has", async () => {
    const { capital, fill, commission, slippageBps } = parseInput(backtestSettingsSchema, {});
    const { stdout } = await run(["pipeline", "--help"]);
    for (const value of [capital, fill, commission, slippageBps]) {
      expect(stdout.replace(/\s+/g, " ")).toContain(`(default: ${value})`);
    }
  });

  it("names no command that does not exist yet", async () => {
    const { stdout } = await run([]);
    for (const command of [
      "ask",
      "chat",
      "pipeline",
      "backtest",
      "stress",
      "compare",
      "data",
      "doctor",
      "serve",
      "studio",
    ]) {
      expect(stdout).toMatch(new RegExp(`^  ${command} `, "m"));
    }
    expect(stdout).not.toMatch(/^ {2}trade /m);
  });
});
