import { describe, expect, it } from "vitest";
import { dailyBars } from "../../../tests/support/daily-bars.ts";
import { marketOf } from "../../../tests/support/panel-market.ts";
import { scriptedIo } from "../../../tests/support/scripted-io.ts";
import type { Bars } from "../../domain/market/bars.ts";
import { randomFrom } from "../../domain/random.ts";
import { compareReportSchema } from "../../domain/run/compare-report.ts";
import { stressReportSchema } from "../../domain/run/stress-report.ts";
import { createRuntime } from "../../runtime.ts";
import { runCli } from "../run-cli.ts";
import { testConfig } from "../../../tests/support/test-config.ts";

function walk(symbol: string, length: number, seed: number): Bars {
  const random = randomFrom(seed);
  let level = 100;
  const close = Float64Array.from({ length }, () => (level *= Math.exp(0.0004 + 0.012 * random.normal())));
  return dailyBars(symbol, { open: close.map((price) => price * (1 + 0.002 * random.normal())), close });
}

const MARKET = marketOf(
  [walk("AAPL", 400, 1), walk("MSFT", 400, 2), walk("SPY", 400, 3), walk("NEW", 30, 4)],
  "SPY",
);

async function run(line: string, columns?: number) {
  const { io, stdout, stderr } = scriptedIo(columns === undefined ? {} : { columns });
  const config = testConfig({ seed: 1, asOf: "2001-06-30" });
  const runtime = createRuntime(config, { market: MARKET });
  const status = await runCli(line.split(" "), io, () => Promise.resolve(runtime));
  return { status, stdout: stdout(), stderr: stderr() };
}

describe("finagent stress", () => {
  it("as one document, the same for the same seed", async () => {
    const line =
      "stress --strategy sma-cross --param fast=5 --param slow=20 --symbols AAPL,MSFT --simulate all --paths 20 --scenario 2008,gap-down --json";
    const [first, second] = [await run(line), await run(line)];
    expect(first.status).toBe(0);
    const report = stressReportSchema.parse(JSON.parse(first.stdout));
    expect(report.scenarios).toHaveLength(2);
    expect(report.simulations.length + report.unfitted.length).toBe(4);
    expect(report.market?.benchmark).toBe("SPY");
    const withoutRun = (text: string): string => text.replace(/"runId": "[^"]*"/, "");
    expect(withoutRun(second.stdout)).toBe(withoutRun(first.stdout));
  });

  it("as a report that fits the terminal and calls itself simulated", async () => {
    const { status, stdout } = await run(
      "stress --weights AAPL=0.5,MSFT=30% --scenario 2008,drop=-0.3 --scenario drop=-0.3,bars=20 --simulate block-bootstrap --paths 20".replace(
        "2008,drop=-0.3",
        "2008",
      ),
    );
    expect(status).toBe(0);
    expect(stdout).toContain("portfolio (AAPL 50.0%, MSFT 30.0%)");
    expect(stdout).toContain("SIMULATED by block-bootstrap: 20 paths");
    expect(stdout).toContain("S&P 500 from 2007-10-09 to 2009-03-09");
    for (const row of stdout.split("\n")) expect(row.length).toBeLessThanOrEqual(80);
  });

  it("the agents too trade through a scenario", async () => {
    const { status, stdout } = await run(
      "stress --strategy agents --symbols AAPL,MSFT --scenario march-2020 --json",
    );
    expect(status).toBe(0);
    expect(stressReportSchema.parse(JSON.parse(stdout)).flags.join(" ")).toContain("take betas for 1");
  });

  it("stops when it is interrupted", async () => {
    const { io, stderr, interrupt } = scriptedIo();
    const runtime = createRuntime(testConfig({ asOf: "2001-06-30" }), {
      market: MARKET,
    });
    setTimeout(interrupt, 60);
    const line = "stress --strategy sma-cross --symbols AAPL --simulate block-bootstrap --paths 100000";
    expect(await runCli(line.split(" "), io, () => Promise.resolve(runtime))).toBe(130);
    expect(stderr()).toContain("Stopped.");
  });

  it.each([
    ["", "--strategy: say what to put under stress"],
    ["--strategy sma-cros --symbols AAPL", "Did you mean sma-cross"],
    ["--strategy sma-cross --weights AAPL=1", "--strategy: name a strategy, or give weights, and not both"],
    ["--strategy sma-cross --symbols AAPL --scenario flash", "Did you mean flash-crash?"],
    ["--strategy sma-cross --symbols AAPL --scenario 1929", "The scenarios are 2000-2002, 2008, march-2020"],
    ["--strategy sma-cross --symbols AAPL --scenario drop=0.5", "drop must be at most 0"],
    [
      "--strategy sma-cross --symbols AAPL --simulate arch",
      '--simulate: there is no way of simulating called "arch"',
    ],
    ["--strategy sma-cross --symbols AAPL --paths 5", "--paths: must be at least 20"],
    [
      "--weights AAPL=0.8,MSFT=0.5",
      "--weights: sum to 1.3000; the account carries at most 1 times its equity",
    ],
    ["--weights AAPL=0", "--weights: hold nothing"],
    ["--weights AAPL:1", '--weights: "AAPL:1" is not SYMBOL=weight'],
    ["--weights AAPL=0.5 --symbols MSFT", "--symbols: the weights name the symbols already"],
    ["--strategy sma-cross --symbols NEW --scenario 2008", "60 returns are needed"],
  ])("stress %s is refused", async (flags, said) => {
    const { status, stderr } = await run(`stress ${flags}`.trim());
    expect(stderr.replace(/\s+/g, " ")).toContain(said);
    expect(status === 2 || status === 3).toBe(true);
  });
});

describe("finagent compare", () => {
  it("says what is shown and what could be", async () => {
    const line = "compare sma-cross:fast=5,slow=20 buy-and-hold --symbols AAPL,MSFT";
    const { status, stdout } = await run(line);
    expect(status).toBe(0);
    expect(stdout.replace(/\s+/g, " ")).toMatch(/(A|B) is better by \d+\.\d\d of Sharpe \(95% interval/);
    const { stdout: json } = await run(`${line} --json`);
    const report = compareReportSchema.parse(JSON.parse(json));
    expect(report.sharpe?.difference).toBeCloseTo(
      (report.a.metrics.sharpe ?? NaN) - (report.b.metrics.sharpe ?? NaN),
      1,
    );
  });

  it("finds a strategy no better than itself", async () => {
    const { stdout } = await run("compare sma-cross sma-cross --symbols AAPL");
    expect(stdout).toContain("Nothing is shown: The two do not differ");
  });

  it.each([
    ["sma-cross", "argument 'B'"],
    ["sma-cros buy-and-hold --symbols AAPL", "Did you mean sma-cross"],
    ["sma-cross:fast=x buy-and-hold --symbols AAPL", "fast"],
    ["sma-cross:fast=5,fast=6 buy-and-hold --symbols AAPL", "A: fast is given twice"],
    ["sma-cross buy-and-hold --symbols NONE", "NONE is not in this test"],
  ])("compare %s is refused", async (line, said) => {
    const { status, stderr } = await run(`compare ${line}`);
    expect(stderr.replace(/\s+/g, " ")).toContain(said);
    expect(status).toBe(2);
  });
});
