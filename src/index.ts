/** FinAgent as a library: put it together, call its capabilities, add your own. See docs/library.md. */

// Put it together.
export { type AgentName, type Config, type ConfigInput, loadConfig } from "./config.ts";
export {
  createRuntime,
  type Forked,
  loadStrategy,
  type RunOptions,
  type Runtime,
  type RuntimeParts,
} from "./runtime.ts";
export { type ErrorCode, FinAgentError, LookaheadError } from "./domain/errors.ts";

// Capabilities, for `runtime.run`.
export { askTool } from "./tools/ask.ts";
export { addPromptTool } from "./tools/add-prompt.ts";
export { backtestStrategyTool } from "./tools/backtest-strategy.ts";
export { compareStrategiesTool } from "./tools/compare-strategies.ts";
export { checkDataTool } from "./tools/check-data.ts";
export { deleteRunTool } from "./tools/delete-run.ts";
export { diffPromptsTool } from "./tools/diff-prompts.ts";
export { fetchMarketDataTool } from "./tools/fetch-market-data.ts";
export { listPromptsTool } from "./tools/list-prompts.ts";
export { listCostsTool } from "./tools/list-costs.ts";
export { listRunsTool } from "./tools/list-runs.ts";
export { listStrategiesTool } from "./tools/list-strategies.ts";
export { listSymbolsTool } from "./tools/list-symbols.ts";
export { measureRiskTool } from "./tools/measure-risk.ts";
export { promotePromptTool } from "./tools/promote-prompt.ts";
export { rollbackPromptTool } from "./tools/rollback-prompt.ts";
export { runPipelineTool } from "./tools/run-pipeline.ts";
export { scoreAlphaTool } from "./tools/score-alpha.ts";
export { showPromptTool } from "./tools/show-prompt.ts";
export { showRunTool } from "./tools/show-run.ts";
export { stressStrategyTool } from "./tools/stress-strategy.ts";
export { sweepStrategyTool } from "./tools/sweep-strategy.ts";
export { defineTool, type Tool, type ToolContext } from "./tools/tool.ts";

// What a run says and returns.
export type { AlphaReport, Evidence, Signal } from "./domain/alpha/report.ts";
export type { Metrics, Trade, Verdict } from "./domain/backtest/report.ts";
export type { DataReport } from "./domain/market/data-set.ts";
export type { PortfolioReport } from "./domain/portfolio/report.ts";
export type { RiskReport } from "./domain/risk/report.ts";
export type { CompareReport } from "./domain/run/compare-report.ts";
export type { StressReport } from "./domain/run/stress-report.ts";
export type { SweepReport } from "./domain/backtest/sweep/sweep-report.ts";
export type { RunEvent } from "./domain/run/event.ts";
export type { PlanTask } from "./domain/run/plan.ts";
export type { RunReport } from "./domain/run/report.ts";
export type { Step } from "./domain/run/step.ts";
export type { JournalEntry } from "./domain/run/journal-entry.ts";
export type { RunHeader } from "./domain/run/run-header.ts";
export type { ForkChange } from "./domain/run/fork-change.ts";
export type { Replayed } from "./domain/run/replayed.ts";
export type { RunRecord } from "./domain/run/run-record.ts";

// Versions of the agents' prompts. See docs/prompts.md.
export type { Promotion, PromptVersion, TrialResult } from "./domain/prompt/version.ts";

// Where runs are kept. See docs/memory.md.
export type { Batch, KeyRange, Partition, RecordEntry, RecordStore } from "./memory/records/record-store.ts";

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

// Strategies of one's own. See docs/strategies.md.
export { defineStrategy } from "./domain/backtest/define-strategy.ts";
export type { Desk } from "./domain/backtest/desk.ts";
export { signalOf } from "./domain/backtest/signal-of.ts";
export type { Signal as PositionSignal } from "./domain/backtest/signal.ts";
export type { Strategy } from "./domain/backtest/strategy.ts";
export { crossover } from "./domain/backtest/strategies/crossover.ts";
export { STRATEGIES } from "./domain/backtest/strategies/strategies.ts";
export type { Targets } from "./domain/backtest/targets.ts";
export { templateStrategy } from "./domain/backtest/template/template-strategy.ts";
export { INDICATORS, type Indicators } from "./domain/indicators/indicators.ts";

// Market data, as factors, tools and sources see it.
export type { Adjustment, Bars } from "./domain/market/bars.ts";
export { at, type Column, last } from "./domain/market/column.ts";
export { type DailyRow, dailySeries, type DailySeriesOptions } from "./domain/market/daily-series.ts";
export type { DataSet } from "./domain/market/data-set.ts";
export { decisionView } from "./domain/market/decision-view.ts";
export type { Finding } from "./domain/market/finding.ts";
export type { Panel } from "./domain/market/panel.ts";
export type { Interval } from "./domain/market/interval.ts";
export { MarketView } from "./domain/market/view.ts";
export type { Clock, MarketData, SymbolInfo, SymbolSeries } from "./domain/ports.ts";
