import { change, count, day, decimal, inline, money, percent, rate } from "../format.ts";
import { bullets, quoted, section, table } from "../markdown.ts";
import type { BacktestResult } from "../plan/results.ts";

type Metrics = NonNullable<BacktestResult["metrics"]>;
type Column = readonly [name: string, metrics: Metrics | undefined];

/** The backtest beside buy and hold, its equity as a line, the verdict, and what a reader must know. */
export function backtestSection(backtest: BacktestResult): string {
  const { benchmark, market, sparkline } = backtest;
  const columns: Column[] = [
    [strategyName(backtest), backtest.metrics],
    ["Buy and hold", benchmark?.metrics],
    ...(market === null || market === undefined
      ? []
      : ([[inline(market.name ?? "Market"), market.metrics]] as const)),
  ];
  return section("Backtest", [
    opening(backtest),
    table(["Measure", ...columns.map(([name]) => name)], rows(columns)),
    `Final equity: ${money(backtest.finalEquity)}. Costs paid: ${money(backtest.metrics?.costs)}.`,
    sparkline === undefined || sparkline === "" ? "" : `Equity: \`${inline(sparkline)}\``,
    verdict(backtest),
    quoted(backtest.flags),
    absent(backtest),
  ]);
}

/** The strategy with its parameters, as it was run. */
export function strategyName(backtest: BacktestResult): string {
  const name = backtest.strategy;
  if (name === undefined || name === "agents") return "The agents' policies";
  const params = Object.entries(backtest.params ?? {})
    .filter(
      ([, value]) => typeof value === "number" || typeof value === "string" || typeof value === "boolean",
    )
    .map(([key, value]) => `${key} ${String(value)}`);
  return inline(params.length === 0 ? name : `${name} (${params.join(", ")})`);
}

function opening(backtest: BacktestResult): string {
  const { settings } = backtest;
  const fills =
    settings?.fill === "close"
      ? "filled at the same close"
      : "decided at a close and filled at the next open";
  const costs =
    settings === undefined
      ? ""
      : `, capital ${money(settings.capital)}, commission ${rate(settings.commission)}, slippage ${decimal(settings.slippageBps)} bps`;
  return `${strategyName(backtest)} on ${inline((backtest.symbols ?? []).join(", "))}, ${day(backtest.from)} to ${day(backtest.to)}: ${count(backtest.bars)} bars, ${count(backtest.decisions)} decisions, ${fills}${costs}.`;
}

function rows(columns: readonly Column[]): string[][] {
  const row = (name: string, print: (metrics: Metrics) => string): string[] => [
    name,
    ...columns.map(([, metrics]) => (metrics === undefined ? "n/a" : print(metrics))),
  ];
  return [
    row("Total return", (m) => change(m.totalReturn)),
    row("Compound annual growth", (m) => change(m.cagr)),
    row("Volatility, annualised", (m) => percent(m.volatility)),
    row("Sharpe ratio", (m) => decimal(m.sharpe)),
    row("Largest drawdown", (m) => percent(m.maxDrawdown)),
    row("Trades", (m) => count(m.trades)),
    row("Winning trades", (m) => percent(m.winRate)),
    row("Time in the market", (m) => percent(m.exposure)),
  ];
}

function verdict(backtest: BacktestResult): string {
  const { conclusion, reasons } = backtest.verdict ?? {};
  if (conclusion === undefined) return "";
  return `Verdict: **${conclusion}**.\n\n${quoted(reasons)}`.trim();
}

/** Why a figure above reads "n/a". */
function absent(backtest: BacktestResult): string {
  return bullets(
    Object.entries(backtest.absent ?? {}).map(
      ([name, reason]) => `n/a for ${inline(name)}: ${inline(reason ?? "")}`,
    ),
  );
}
