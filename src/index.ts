/** FinAgent as a library: put it together, call its capabilities, add your own. See docs/library.md. */

// Put it together.
export { type AgentName, type Config, type ConfigInput, loadConfig } from "./config.ts";
export { createRuntime, type RunOptions, type Runtime, type RuntimeParts } from "./runtime.ts";
export { type ErrorCode, FinAgentError, LookaheadError } from "./domain/errors.ts";

// Capabilities, for `runtime.run`.
export { askTool } from "./tools/ask.ts";
export { backtestStrategyTool } from "./tools/backtest-strategy.ts";
export { checkDataTool } from "./tools/check-data.ts";
export { fetchMarketDataTool } from "./tools/fetch-market-data.ts";
export { listSymbolsTool } from "./tools/list-symbols.ts";
export { measureRiskTool } from "./tools/measure-risk.ts";
export { runPipelineTool } from "./tools/run-pipeline.ts";
export { scoreAlphaTool } from "./tools/score-alpha.ts";
export { defineTool, type Tool, type ToolContext } from "./tools/tool.ts";

// What a run says and returns.
export type { AlphaReport, Evidence, Signal } from "./domain/alpha/report.ts";
export type { Metrics, Trade, Verdict } from "./domain/backtest/report.ts";
export type { DataReport } from "./domain/market/data-set.ts";
export type { PortfolioReport } from "./domain/portfolio/report.ts";
export type { RiskReport } from "./domain/risk/report.ts";
export type { RunEvent } from "./domain/run/event.ts";
export type { PlanTask } from "./domain/run/plan.ts";
export type { RunReport } from "./domain/run/report.ts";
export type { Step } from "./domain/run/step.ts";

// Policies and factors.
export { DEFAULT_POLICIES, type PolicyOverrides } from "./agents/policies.ts";
export type { AlphaPolicy } from "./domain/policy/alpha.ts";
export type { Constraints } from "./domain/policy/constraints.ts";
export type { Policies } from "./domain/policy/policies.ts";
export type { PortfolioPolicy } from "./domain/policy/portfolio.ts";
export type { RiskPolicy } from "./domain/policy/risk.ts";
export type { Factor } from "./domain/alpha/factor.ts";
export { FACTORS } from "./domain/alpha/factors.ts";
export { absent, type Absent, isAbsent, type Statistic } from "./domain/statistic.ts";

// Market data, as factors, tools and sources see it.
export type { Adjustment, Bars } from "./domain/market/bars.ts";
export { at, type Column, last } from "./domain/market/column.ts";
export { type DailyRow, dailySeries, type DailySeriesOptions } from "./domain/market/daily-series.ts";
export type { DataSet } from "./domain/market/data-set.ts";
export { decisionView } from "./domain/market/decision-view.ts";
export type { Finding } from "./domain/market/finding.ts";
export type { Interval } from "./domain/market/interval.ts";
export { MarketView } from "./domain/market/view.ts";
export type { Clock, MarketData, SymbolInfo, SymbolSeries } from "./domain/ports.ts";
