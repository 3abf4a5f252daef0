import { expect, it } from "vitest";
import { sampleReport } from "../../../tests/support/scripted-runtime.ts";
import { LONGEST_SYMBOL } from "../../domain/run/symbols-input.ts";
import { createRuntime } from "../../runtime.ts";
import { runPipelineTool } from "../../tools/run-pipeline.ts";
import { drawBlocks } from "../markdown/draw.ts";
import { displayWidth } from "../terminal/display-width.ts";
import { plainText } from "../terminal/span.ts";
import { describeRun } from "./describe-run.ts";
import { testConfig } from "../../../tests/support/test-config.ts";

type Report = ReturnType<typeof sampleReport>;

function lines(report: Report, width: number): string[] {
  return drawBlocks(describeRun(report, 1234, width), width).map(plainText);
}

const text = (report: Report): string => lines(report, 100).join("\n");

const runtime = createRuntime(testConfig({ asOf: "2025-08-15" }));
const symbols = ["AAPL", "MSFT", "JPM"];
const report = await runtime.run(runPipelineTool, { symbols, from: "2024-08-15", to: "2025-08-15" });

it("tells what a real run found", () => {
  const shown = text(report);
  expect(shown).toContain("SIMULATED market");
  for (const symbol of symbols) expect(shown).toContain(symbol);
  const { metrics, verdict, backtest, risk, portfolio } = report;
  expect(shown).toContain(`${((metrics?.totalReturn ?? NaN) * 100).toFixed(2)}%`);
  expect(shown).toContain(`${((metrics?.maxDrawdown ?? NaN) * 100).toFixed(2)}%`);
  const sentences = [verdict?.conclusion, backtest?.strategy, risk?.level, ...(verdict?.reasons ?? [])];
  const flowing = shown.replace(/\s+/g, " ");
  for (const sentence of [...sentences, ...(portfolio?.limits ?? []), ...(risk?.reasons ?? [])]) {
    expect(flowing).toContain(sentence ?? "missing in the report");
  }
  expect(shown).toContain(`${report.tradeList.length} trades`);
  expect(shown).toContain(report.runId);
  expect(shown).toContain("1.2 s");
});

it("keeps a table's other columns whole where symbols are as long as they may be", () => {
  const trade = report.tradeList[0];
  if (trade === undefined) throw new Error("the run has no trades");
  const symbol = "BTC-27DEC2024-100000-C".padEnd(LONGEST_SYMBOL, "X");
  const shown = lines({ ...report, tradeList: [{ ...trade, symbol }] }, 80);
  expect(Math.max(...shown.map(displayWidth))).toBeLessThanOrEqual(80);
  const from = shown.findIndex((line) => /^Symbol +Shares/.test(line));
  const [first = "", ...rest] = shown.slice(from + 2, shown.indexOf("", from));
  const [begin = "", ...figures] = first.split(/ {2,}/);
  expect([begin, ...rest].join("")).toBe(symbol);
  expect(figures).toHaveLength(7);
});

it.each([60, 80, 120])("stays within %i columns", (width) => {
  expect(Math.max(...lines(report, width).map(displayWidth))).toBeLessThanOrEqual(width);
});

it("shows statistics in two columns and the deepest drawdowns", () => {
  const { backtest } = report;
  if (backtest === null) throw new Error("the run has no backtest");
  const shown = text(report);
  const { beta, worstDay } = backtest.statistics;
  expect(shown).toMatch(
    new RegExp(`Worst day +${((worstDay ?? NaN) * 100).toFixed(2)}% +Beta +${(beta ?? NaN).toFixed(2)}`),
  );
  expect(shown).toContain("information ratio against SIM500");
  const table = shown.slice(shown.indexOf("Trough"));
  for (const { depth, start, trough } of backtest.drawdowns.slice(0, 3)) {
    expect(table).toContain(`${(depth * 100).toFixed(2)}%  ${start.slice(0, 10)}  ${trough.slice(0, 10)}`);
  }
  const statistics = { ...backtest.statistics, sqn: null, kellyFraction: null };
  const absent = { sqn: "No loss.", kellyFraction: "No loss." };
  expect(text({ ...report, backtest: { ...backtest, statistics, absent } })).toContain(
    "SQN, Kelly fraction of agents: n/a. No loss.",
  );
});

it("says why a figure is not there", () => {
  const { metrics, backtest } = report;
  if (metrics === null || backtest === null) throw new Error("the run has no backtest");
  const shown = text({
    ...report,
    metrics: { ...metrics, sortino: null, profitFactor: null },
    backtest: { ...backtest, absent: { sortino: "No loss.", profitFactor: "No loss." } },
  });
  expect(shown).toContain("Sortino, Profit factor of agents: n/a. No loss.");
});

it("shows the ends of a long list of trades and how many lie between", () => {
  const trade = {
    symbol: "AAPL",
    shares: 1,
    entryTime: "2025-01-02T14:30:00.000Z",
    exitTime: "2025-01-03T14:30:00.000Z",
    entryPrice: 1,
    exitPrice: 2,
    profit: 1,
    return: 1,
    open: false,
  };
  const shown = text(sampleReport({ tradeList: Array.from({ length: 66 }, () => trade) }));
  expect(shown).toContain("66 trades");
  expect(shown).toContain("60 more");
  expect(shown.match(/2025-01-02 {2}/g)).toHaveLength(6);
});

it("tells equal findings once", () => {
  const finding = (symbol: string) =>
    ({
      kind: "layout",
      severity: "note",
      symbol,
      file: `${symbol}.csv`,
      line: 2,
      date: null,
      count: 1,
      message: "It is so.",
    }) as const;
  const { data } = report;
  if (data === null) throw new Error("the run has no data");
  const shown = text({ ...report, data: { ...data, findings: [finding("AAPL"), finding("MSFT")] } });
  expect(shown).toContain("AAPL, MSFT: It is so. [note]");
});

it("copes with a report that holds almost nothing", () => {
  expect(text(sampleReport())).toContain("Analyze AAPL");
});

it("tells above the results where and why rules stood in for a model, also in an LLM result", () => {
  const at = "2025-03-20T20:00:00.000Z";
  const shown = text({
    ...report,
    decisions: { llm: 57, cache: 0, fallback: 3, rules: 0 },
    provenance: {
      result: "llm",
      modelShare: 0.95,
      minModelShare: 0.95,
      where: [
        { agent: "alpha", from: at, to: at, count: 1, reason: "MODEL_TIMEOUT: It was too slow." },
        { agent: "risk", from: null, to: null, count: 2, reason: "MODEL_OUTPUT: It was nonsense." },
      ],
      next: null,
    },
  });
  expect(shown).toContain("LLM result: the model made 57 of the 60 decisions asked of it (95%)");
  expect(shown.indexOf("Fallback: ")).toBeLessThan(shown.indexOf("Total return"));
  expect(shown).toContain("alpha, 1 time at 2025-03-20: MODEL_TIMEOUT: It was too slow.");
  expect(shown).toContain("risk, 2 times: MODEL_OUTPUT: It was nonsense.");
});

it("calls a run of rules nothing but what it is", () => {
  expect(text(report)).not.toMatch(/LLM|PARTIAL|Fallback/);
});

it("says once that nothing was traded, and draws no flat line", () => {
  const { metrics } = report;
  if (metrics === null) throw new Error("the run has no metrics");
  const shown = text({ ...report, metrics: { ...metrics, trades: 0, exposure: 0, sharpe: null } });
  expect(shown).toContain("Nothing was traded");
  expect(shown).not.toContain("Equity");
});
