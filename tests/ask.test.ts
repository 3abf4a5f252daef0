import { beforeAll, describe, expect, it } from "vitest";
import type { RunReport } from "../src/domain/run/report.ts";
import { createRuntime, type Runtime } from "../src/runtime.ts";
import { askTool } from "../src/tools/ask.ts";
import { hasSharedData, readShared, sharedPath } from "./support/shared-data.ts";
import { testConfig } from "./support/test-config.ts";

describe.skipIf(!hasSharedData)("asking about real daily bars", () => {
  let runtime: Runtime;

  beforeAll(() => {
    runtime = createRuntime(testConfig({ data: `csv:${sharedPath("market", "daily")}` }));
  });

  const ask = (request: string, asOf?: string): Promise<RunReport> =>
    runtime.run(askTool, { request, ...(asOf === undefined ? {} : { asOf }) });

  it("looks at AAPL's true bars and computes what the file says", async () => {
    const report = await ask("Analyze AAPL for the last 6 months and propose a portfolio");
    const rows = fileRows("AAPL").filter((row) => row.date >= "2025-02-15");
    expect(report.data).toMatchObject({
      simulated: false,
      symbols: ["AAPL"],
      from: "2025-02-18T14:30:00.000Z",
      to: "2025-08-15T13:30:00.000Z",
      rows: rows.length,
    });
    const closes = rows.map((row) => row.close);
    const [first = NaN] = closes;
    const last = closes.at(-1) ?? NaN;
    expect(report.data?.prices[0]).toMatchObject({ first, last, change: last / first - 1 });

    // The risk agent's window: the last 63 closes, 62 returns.
    const returns = simpleReturns(
      fileRows("AAPL")
        .map((row) => row.close)
        .slice(-63),
    );
    expect(report.risk?.volatility).toBeCloseTo(deviation(returns) * Math.sqrt(252), 10);

    // Buy and hold from the first fill on, at the settings that the report states.
    const { settings } = report.backtest ?? {};
    expect(settings).toMatchObject({ fill: "next-open", commission: 0.0005, slippageBps: 2 });
    const shares = 100_000 / ((rows[1]?.open ?? NaN) * 1.0002 * 1.0005);
    expect(report.benchmark?.metrics.totalReturn).toBeCloseTo((shares * last) / 100_000 - 1, 6);
    expect(report.answer).toContain("AAPL");
    expect(report.decisions).toMatchObject({ llm: 0, rules: 3 });
    expect(report.model).toBe("offline");
  });

  it.each([
    ["2025-04-30", "HIGH", true],
    ["2025-08-15", "not HIGH", false],
  ])("skips the portfolio only where risk is high: NVDA as of %s is %s", async (asOf, _level, skipped) => {
    const report = await ask(
      "Fetch data for NVDA, check alpha, but if risk is high, skip portfolio construction",
      asOf,
    );
    expect(report.risk?.level === "HIGH").toBe(skipped);
    expect(report.portfolio === null).toBe(skipped);
    expect(report.signals).toHaveLength(1);
    expect(report.steps.some((step) => step.tool === "ask_portfolio_agent")).toBe(!skipped);
    const task = report.plan.find((one) => one.tool === "ask_portfolio_agent");
    expect(task?.status).toBe(skipped ? "skipped" : "done");
  });

  it.each([
    "Analyze AAPL for the last 6 months and propose a portfolio",
    "Analyze MSFT for the last 3 months",
    "Compare Apple and Microsoft over the past year",
    "Propose a portfolio of AAPL, MSFT, GOOGL, AMZN, NVDA and JPM with $50k, at most 20% per name",
    "Screen all symbols for the strongest signals",
    "Backtest an SMA cross 10/30 on NVDA since January 2024",
    "Backtest AAPL since 2023",
    "Analyze Nvidia in Q1 2024",
    "How risky is JPMorgan? Look at the last 90 days",
    "Fetch data for NVDA, check alpha, but if risk is high, skip portfolio construction",
    "Low risk portfolio of Amazon and Google with 25k, long only, keep 10% cash",
    "Equal weight AAPL, MSFT and NVDA for 2024 and backtest it",
    "Analyze GOOGL from 2023-01-01 to 2023-12-31",
    "Minimum variance portfolio from AAPL, JPM and AMZN with $1.5m",
    "Compare NVDA with AAPL since March 2025",
    "Explain the risk of AMZN over the last year",
    "Analyze AAPL year to date",
    "Buy and hold JPM for the past two years",
    "Propose a portfolio of AAPL and JPM only if risk is low",
    "Analyze Microsoft for the last 200 days and propose a portfolio with max 3 stocks",
  ])("answers with figures that stand in the report: %s", async (request) => {
    const report = await ask(request);
    expect(report.status).toBe("done");
    expect(report.unverified).toEqual([]);
    const { answer, equity: _equity, tradeList: _trades, ...fields } = report;
    const numbers = numbersIn(fields);
    expect(foreignFigures(answer ?? "", numbers)).toEqual([]);
    expect((answer ?? "").length).toBeGreaterThan(400);
  });
});

describe("asking with nothing configured", () => {
  it("says that the market is simulated and that the offline model answered", async () => {
    const runtime = createRuntime(testConfig({ asOf: "2026-01-15" }));
    const report = await runtime.run(askTool, {
      request: "Analyze AAPL for the last 6 months and propose a portfolio",
    });
    expect(report.data).toMatchObject({ source: "simulated", simulated: true, symbols: ["AAPL"] });
    expect(report.answer).toMatch(/simulated/i);
    expect(report.answer).toMatch(/offline model/i);
    expect(report.plan.every((task) => task.status === "done")).toBe(true);
    expect(report.portfolio?.positions.every((one) => Number.isInteger(one.shares))).toBe(true);
    expect(report.equity.length).toBe(report.data?.rows);
  });

  it("keeps the conversation", async () => {
    const runtime = createRuntime(testConfig({ asOf: "2026-01-15" }));
    const say = (request: string): Promise<RunReport> => runtime.run(askTool, { request, threadId: "t" });
    expect((await say("Analyze AAPL for the last 6 months and propose a portfolio")).data?.symbols).toEqual([
      "AAPL",
    ]);
    const both = await say("and with Microsoft added?");
    expect(both.data?.symbols).toEqual(["AAPL", "MSFT"]);
    expect(both.portfolio).not.toBeNull();
    const why = await say("why so little?");
    expect(why.status).toBe("done");
    expect(why.unverified).toEqual([]);
    expect(why.steps).toEqual([]);
    const backtest = await say("now backtest that since 2023");
    expect(backtest.data?.symbols).toEqual(["AAPL", "MSFT"]);
    expect(backtest.data?.from.slice(0, 7)).toBe("2023-01");
    expect(backtest.backtest).not.toBeNull();
    // A question about other data: what was found on the data before is no part of its report.
    const other = await say("How risky is JPM?");
    expect(other.risk?.perSymbol.map((one) => one.symbol)).toEqual(["JPM"]);
    expect(other).toMatchObject({ signals: [], weights: {}, portfolio: null, backtest: null, equity: [] });
  });

  it("keeps the person's cap per name in the backtest of the portfolio too", async () => {
    const runtime = createRuntime(testConfig());
    const backtest = async (cap: string): Promise<number> => {
      const request = `Propose a portfolio of AAPL, MSFT and JPM${cap} and backtest it since January 2024`;
      const report = await runtime.run(askTool, { request, asOf: "2025-06-30" });
      expect(report.backtest?.strategy).toBe("agents");
      return report.metrics?.exposure ?? NaN;
    };
    // Three names at 5 % each; prices may move on between rebalances.
    expect(await backtest(" with at most 5% per name")).toBeLessThan(0.16);
    expect(await backtest("")).toBeGreaterThan(0.3);
  });

  it("asks back where a request can be read in two ways", async () => {
    const runtime = createRuntime(testConfig());
    const report = await runtime.run(askTool, { request: "Is it a good time to buy?" });
    expect(report.status).toBe("question");
    expect(report.answer).toMatch(/\?/);
    expect(report.steps).toEqual([]);
  });
});

interface FileRow {
  readonly date: string;
  readonly open: number;
  readonly close: number;
}

/** The file read by hand, apart from the product's own reader. */
function fileRows(symbol: string): FileRow[] {
  const [, ...lines] = readShared("market", "daily", `${symbol}.csv`).trim().split("\n");
  return lines.map((line) => {
    const [date = "", open, , , close] = line.split(",");
    return { date: date.slice(0, 10), open: Number(open), close: Number(close) };
  });
}

function simpleReturns(closes: readonly number[]): number[] {
  return closes.slice(1).map((close, i) => close / (closes[i] ?? NaN) - 1);
}

/** Sample standard deviation. */
function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

/** Every number of a report, those inside its sentences and dates among them. */
function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (typeof value === "string")
    return [...value.matchAll(/\d[\d,]*(?:\.\d+)?/g)].map(([text]) => Number(text.replaceAll(",", "")));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [...numbersIn(key), ...numbersIn(inner)]);
}

/** The figures of a text that no number prints as, plain or in percent, at the digits written. */
function foreignFigures(text: string, numbers: readonly number[]): string[] {
  return [...text.matchAll(/\d[\d,]*(?:\.\d+)?/g)]
    .map(([figure]) => figure.replace(/,$/, ""))
    .filter((figure) => {
      const value = Number(figure.replaceAll(",", ""));
      const decimals = figure.split(".")[1]?.length ?? 0;
      const near = (number: number): boolean =>
        Math.abs(Math.abs(number) - value) <= 0.5 * 10 ** -decimals + 1e-9;
      return !numbers.some((number) => near(number) || near(100 * number) || near(number / 1000));
    });
}
