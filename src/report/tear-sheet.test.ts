import { describe, expect, it } from "vitest";
import { dailyBars } from "../../tests/support/daily-bars.ts";
import { checkMarkup } from "../../tests/support/check-markup.ts";
import { sampleReport } from "../../tests/support/scripted-runtime.ts";
import { runBacktest } from "../domain/backtest/run.ts";
import { backtestSettingsSchema } from "../domain/backtest/settings.ts";
import { barTime, money, percent, ratio } from "../domain/format.ts";
import { createPanel } from "../domain/market/panel.ts";
import { randomFrom } from "../domain/random.ts";
import { composeReport } from "../domain/run/compose.ts";
import type { RunReport } from "../domain/run/report.ts";
import { DEFAULT_MIN_MODEL_SHARE } from "../domain/run/run-provenance.ts";
import { createRuntime } from "../runtime.ts";
import { backtestStrategyTool } from "../tools/backtest-strategy.ts";
import { tearSheet } from "./tear-sheet.ts";
import { testConfig } from "../../tests/support/test-config.ts";

const SECTIONS = [
  "verdict",
  "figures",
  "course",
  "returns",
  "holdings",
  "trades",
  "trading-costs",
  "trade-list",
  "provenance",
];

const NOT_A_FIGURE = /NaN|undefined|Infinity|\bnull\b|\[object/;

/** Where a page has what it must not have: a page is too long to be told in a message. */
function found(page: string, pattern: RegExp): string {
  const at = page.search(pattern);
  return at < 0 ? "" : page.slice(Math.max(0, at - 60), at + 60);
}

interface Day {
  readonly open: number;
  readonly close: number;
}

/** A run of targets on one symbol's days. */
function runOf(days: readonly Day[], rows: number[], weights: number[], name = "hand-made"): RunReport {
  const open = Float64Array.from(days, (day) => day.open);
  const close = Float64Array.from(days, (day) => day.close);
  const panel = createPanel([dailyBars("A&B", { open, close })]);
  return reportOf(panel, [weights], rows, name);
}

function reportOf(
  panel: ReturnType<typeof createPanel>,
  weights: readonly number[][],
  rows: number[],
  name = "hand-made",
): RunReport {
  const backtest = runBacktest({
    dataSet: {
      id: "d1",
      source: "csv:somewhere",
      simulated: false,
      panel,
      benchmark: null,
      from: panel.time[0] ?? NaN,
      to: panel.closeTime.at(-1) ?? NaN,
      findings: [],
    },
    strategy: { name, params: {} },
    decisions: { rows: Int32Array.from(rows), weights: weights.map((column) => Float64Array.from(column)) },
    settings: backtestSettingsSchema.parse({}),
    seed: 1,
    detail: true,
  });
  const { runId, threadId, prompts, model, code, seed } = sampleReport();
  return composeReport({
    identity: { runId, threadId, prompts, model, code, seed },
    status: "done",
    minModelShare: DEFAULT_MIN_MODEL_SHARE,
    request: "test",
    backtest,
    steps: [],
  });
}

/** The cells of the table under a caption, row by row. */
function cellsOf(page: string, caption: string): string[][] {
  const start = page.indexOf(`aria-label="${caption}"`);
  expect(start, caption).toBeGreaterThan(0);
  const body = /<tbody>([^]*?)<\/tbody>/.exec(page.slice(start))?.[1] ?? "";
  return [...body.matchAll(/<tr>([^]*?)<\/tr>/g)].map(([, row = ""]) =>
    [...row.matchAll(/<t[hd][^>]*>([^]*?)<\/t[hd]>/g)].map(([, cell = ""]) =>
      cell.replaceAll(/<[^>]+>/g, "").trim(),
    ),
  );
}

const runtime = createRuntime(testConfig({ asOf: "2025-08-15" }));
const report = await runtime.run(backtestStrategyTool, {
  strategy: "sma-cross",
  symbols: ["AAPL", "JPM"],
  from: "2023-01-03",
  detail: true,
});
const page = tearSheet(report);

describe("tearSheet of a real run", () => {
  it("is sound markup with every section, needs nothing from anywhere and says that it is simulated", () => {
    checkMarkup(page);
    for (const id of SECTIONS) expect(page.includes(`<section id="${id}"`), id).toBe(true);
    expect(found(page, /https?:|<script|<link|@import|url\((?!#)|\bsrc=/)).toBe("");
    expect(found(page, NOT_A_FIGURE)).toBe("");
    expect(page.includes(">SIMULATED<")).toBe(true);
    expect(page.indexOf("<svg")).toBeGreaterThan(page.indexOf("No evidence"));
  });

  it("has the report's own figures in its tables", () => {
    const { metrics, benchmark, market, tradeList, backtest } = report;
    if (metrics === null || backtest === null) throw new Error("the run has no backtest");
    const compared = cellsOf(page, "Beside the comparisons");
    for (const [row, key, show] of [
      ["Total return", "totalReturn", (value: number | null) => percent(value, 2)],
      ["Sharpe", "sharpe", ratio],
      ["Max drawdown", "maxDrawdown", (value: number | null) => percent(value, 2)],
      ["Profit factor", "profitFactor", ratio],
    ] as const) {
      expect(compared).toContainEqual([
        row,
        show(metrics[key]),
        show(benchmark?.metrics[key] ?? null),
        show(market?.metrics[key] ?? null),
      ]);
    }
    expect(cellsOf(page, "Trades").map((cells) => cells.slice(0, 8).with(2, ""))).toEqual(
      tradeList.map((trade) => [
        trade.symbol,
        trade.shares > 0 ? "long" : "short",
        "",
        trade.entryTime.slice(0, 10),
        money(trade.entryPrice),
        trade.open ? "still held" : trade.exitTime.slice(0, 10),
        money(trade.exitPrice),
        money(trade.profit),
      ]),
    );
    expect(cellsOf(page, "The worst 5 drawdowns").map(([, depth, high]) => [depth, high])).toEqual(
      backtest.drawdowns.slice(0, 5).map(({ depth, start }) => [percent(depth, 2), barTime(start, "1d")]),
    );
    const months = cellsOf(page, "Returns by month").flatMap((cells) =>
      cells.slice(1, 13).filter((cell) => cell !== ""),
    );
    expect(months).toEqual(backtest.monthly.map(([, value]) => percent(value)));
    const equity = cellsOf(page, "Equity");
    expect(equity).toHaveLength(24);
    expect(equity.at(-1)?.slice(0, 2)).toEqual([backtest.to.slice(0, 10), money(backtest.finalEquity)]);
  });

  it("lets wide tables scroll by themselves, by keyboard too, with a sign that is not printed", () => {
    const regions = [...page.matchAll(/<div class="scroll" role="region" aria-label="[^"]+" tabindex="0">/g)];
    expect(regions.length).toBe([...page.matchAll(/<table>/g)].length);
    const [screen = "", print = ""] = page.split("@media print {");
    expect(/\.scroll::before \{[^}]*content: "scroll for more →"/.test(screen)).toBe(true);
    expect(screen.includes("animation-timeline: scroll(nearest inline)")).toBe(true);
    expect(print.includes(".scroll::before { display: none; }")).toBe(true);
  });

  it("gives the same bytes again", () => {
    expect(tearSheet(structuredClone(report)) === page).toBe(true);
  });

  it("is refused without a course, with the way to get one", () => {
    const plain = { ...report, backtest: report.backtest && { ...report.backtest, course: null } };
    expect(() => tearSheet(plain)).toThrow(/no course/);
    expect(() => tearSheet(sampleReport())).toThrow(/no course/);
  });
});

describe("tearSheet of odd runs", () => {
  const sound = (odd: RunReport): string => {
    const drawn = tearSheet(odd);
    checkMarkup(drawn);
    for (const id of SECTIONS) expect(drawn.includes(`<section id="${id}"`), id).toBe(true);
    expect(found(drawn, NOT_A_FIGURE)).toBe("");
    return drawn;
  };
  const flat = Array.from({ length: 40 }, () => ({ open: 10, close: 10 }));

  it("draws a run without a trade, and escapes names", () => {
    const drawn = sound(runOf(flat, [], [], "<b>none</b>"));
    expect(drawn.includes("There were no trades.")).toBe(true);
    expect(drawn.includes("A&amp;B")).toBe(true);
    expect(drawn.includes("<b>none")).toBe(false);
  });

  it("draws two bars", () => {
    sound(runOf(flat.slice(0, 2), [0], [1]));
  });

  it("draws a ruin on a linear scale", () => {
    const boom = flat.map((day, i) => (i > 20 ? { open: 40, close: 40 } : day));
    const drawn = sound(runOf(boom, [3], [-1]));
    expect(drawn.includes("on a linear scale")).toBe(true);
    expect(drawn.includes("The equity was lost")).toBe(true);
  });

  it("stays small and quick, however many symbols, trades and bars there are", () => {
    const random = randomFrom(3);
    const days = 2500;
    const panel = createPanel(
      Array.from({ length: 12 }, (_, s) => {
        let price = 100;
        const close = Float64Array.from({ length: days }, () => (price *= 1 + random.normal() * 0.02));
        return dailyBars(`LONGNAME${s}`, { open: close, close });
      }),
    );
    const rows = Array.from({ length: days - 1 }, (_, i) => i);
    const weights = panel.symbols.map(() => rows.map(() => (random.uniform() < 0.5 ? 0 : 0.15) - 0.05));
    const large = reportOf(panel, weights, rows);
    expect(large.tradeList.length).toBeGreaterThan(5000);
    const started = performance.now();
    const drawn = sound(large);
    expect(performance.now() - started).toBeLessThan(5000);
    expect(drawn.length).toBeLessThan(1.5 * 1024 * 1024);
    expect(drawn.includes("The first 100 and the last 100 of")).toBe(true);
  });
});
