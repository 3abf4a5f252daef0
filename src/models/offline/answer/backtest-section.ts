import { change, count, day, decimal, inline, money, percent, rate } from "../format.ts";
import { quoted, section, table } from "../markdown.ts";
import type { BacktestResult } from "../plan/results.ts";
import { MANY_SYMBOLS } from "./data-section.ts";

type Metrics = NonNullable<BacktestResult["metrics"]>;
type Column = readonly [name: string, metrics: Metrics | undefined];

/** The backtest beside buy and hold, its equity as a line, the verdict, and what a reader must know. */
export function backtestSection(backtest: BacktestResult): string {
  const { benchmark, market, sparkline } = backtest;
  const idle = neverTraded(backtest);
  const others: Column[] = [
    ...(backtest.strategy === "buy-and-hold"
      ? []
      : ([["Buy and hold", benchmark?.metrics]] satisfies Column[])),
    ...(market === null || market === undefined
      ? []
      : ([[inline(market.name ?? "Market"), market.metrics]] satisfies Column[])),
  ];
  const columns: Column[] = idle ? others : [[columnName(backtest), backtest.metrics], ...others];
  return section("Backtest", [
    opening(backtest),
    idle ? inCash(backtest) : "",
    table(["Measure", ...columns.map(([name]) => name)], rows(columns, idle)),
    ...(idle
      ? []
      : [
          `Final equity: ${money(backtest.finalEquity)}. Costs paid: ${money(backtest.metrics?.costs)}.`,
          sparkline === undefined || sparkline === "" ? "" : `Equity: \`${inline(sparkline)}\``,
          absent(backtest),
          verdict(backtest),
        ]),
    notes(backtest.flags),
  ]);
}

/** Whether not one share was ever bought or sold. */
export function neverTraded({ metrics }: BacktestResult): boolean {
  return metrics?.trades === 0 && metrics.exposure === 0;
}

function inCash(backtest: BacktestResult): string {
  const decisions =
    backtest.decisions === undefined ? "" : ` at each of the ${count(backtest.decisions)} decisions`;
  const verdictWord = backtest.verdict?.conclusion;
  const judged =
    verdictWord === undefined
      ? ""
      : ` With no trade there is nothing to judge (verdict: **${verdictWord}**).`;
  return `**Nothing was traded:** ${inSentence(strategyName(backtest))} stayed in cash${decisions}.${judged}`;
}

/** What the column of the strategy is called; its parameters stand in the opening. */
function columnName(backtest: BacktestResult): string {
  const { strategy } = backtest;
  return strategy === undefined || strategy === "agents" ? strategyName(backtest) : inline(strategy);
}

/** A name that begins a line, inside a sentence. */
export function inSentence(name: string): string {
  return name.replace(/^The /, "the ");
}

/** The strategy with its parameters, as it was run. */
export function strategyName(backtest: BacktestResult): string {
  const name = backtest.strategy;
  if (name === undefined || name === "agents") return "The agents' policies";
  const params = Object.entries(backtest.params ?? {})
    .filter(
      ([, value]) => typeof value === "number" || typeof value === "string" || typeof value === "boolean",
    )
    .flatMap(([key, value]) => (value === true ? [key] : value === false ? [] : [`${key} ${String(value)}`]));
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
  const symbols = backtest.symbols ?? [];
  const on = symbols.length > MANY_SYMBOLS ? "all symbols above" : inline(symbols.join(", "));
  return `${strategyName(backtest)} on ${on}, ${day(backtest.from)} to ${day(backtest.to)}: ${count(backtest.bars)} bars, ${count(backtest.decisions)} decisions, ${fills}${costs}.`;
}

function rows(columns: readonly Column[], idle: boolean): string[][] {
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
    ...(idle
      ? []
      : [
          row("Trades", (m) => count(m.trades)),
          row("Winning trades", (m) => percent(m.winRate)),
          row("Average exposure", (m) => percent(m.exposure)),
        ]),
  ];
}

function verdict(backtest: BacktestResult): string {
  const { conclusion, reasons } = backtest.verdict ?? {};
  if (conclusion === undefined) return "";
  return `Verdict: **${conclusion}**.\n\n${quoted(reasons)}`.trim();
}

/** What a reader must know; it is no part of the verdict. */
function notes(flags: readonly string[] | undefined): string {
  return flags === undefined || flags.length === 0 ? "" : `To bear in mind:\n\n${quoted(flags)}`;
}

/** The figures of the table that may have no value. */
const NAMES: Readonly<Record<string, string>> = {
  cagr: "compound annual growth",
  volatility: "volatility",
  sharpe: "Sharpe ratio",
  winRate: "winning trades",
};

/** Why a figure above reads "n/a". */
function absent(backtest: BacktestResult): string {
  return Object.entries(backtest.absent ?? {})
    .flatMap(([key, reason]) => {
      const name = NAMES[key];
      return name === undefined ? [] : [`n/a for ${name}: ${inline(reason ?? "")}`];
    })
    .join(" ");
}
