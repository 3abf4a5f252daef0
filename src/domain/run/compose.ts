import type { AlphaReport } from "../alpha/report.ts";
import type { BacktestReport } from "../backtest/report.ts";
import type { DataReport } from "../market/data-set.ts";
import type { PortfolioReport } from "../portfolio/report.ts";
import type { RiskReport } from "../risk/report.ts";
import type { PlanTask } from "./plan.ts";
import type { RunReport } from "./report.ts";
import { netOfModels } from "../cost/net-of-models.ts";
import { countDecisionsOf, provenanceOf } from "./run-provenance.ts";
import type { Step } from "./step.ts";
import { NO_USAGE } from "./usage.ts";

/** What identifies a run and what it was made with. */
export type RunIdentity = Pick<RunReport, "runId" | "threadId" | "prompts" | "model" | "code" | "seed">;

/** What stays the same over all runs of a process. */
export type GraphIdentity = Omit<RunIdentity, "runId" | "threadId">;

export interface RunParts {
  readonly identity: RunIdentity;
  /** What the run came to, whoever decided: a run that is done may be partial. */
  readonly status: Exclude<RunReport["status"], "partial">;
  readonly minModelShare: number;
  readonly request: string;
  readonly plan?: readonly PlanTask[];
  readonly answer?: string;
  readonly unverified?: readonly string[];
  readonly data?: DataReport;
  readonly alpha?: AlphaReport;
  readonly risk?: RiskReport;
  readonly portfolio?: PortfolioReport;
  readonly backtest?: BacktestReport;
  readonly rebalances?: RunReport["rebalances"];
  readonly steps: readonly Step[];
  readonly usage?: RunReport["usage"];
}

/** The one report of every surface, from the parts that a run has. */
export function composeReport(parts: RunParts): RunReport {
  const { identity, steps, data, alpha, risk, portfolio, backtest, usage = NO_USAGE } = parts;
  const provenance = provenanceOf(steps, parts.minModelShare);
  return {
    ...identity,
    status: parts.status === "done" && provenance.result === "partial" ? "partial" : parts.status,
    request: parts.request,
    plan: [...(parts.plan ?? [])],
    answer: parts.answer ?? null,
    unverified: [...(parts.unverified ?? [])],
    flags: [],
    data: data === undefined ? null : dataSection(data),
    decisions: countDecisionsOf(steps),
    provenance,
    signals: alpha?.signals ?? [],
    risk: risk ?? null,
    portfolio: portfolio ?? null,
    weights: portfolio?.weights ?? {},
    ...backtestSection(backtest),
    rebalances: [...(parts.rebalances ?? [])],
    steps: [...steps],
    usage,
    net: netOfModels(backtest, usage.cost),
  };
}

function dataSection(data: DataReport): NonNullable<RunReport["data"]> {
  const { dataSetId: _id, benchmark: _benchmark, calendar: _calendar, ...rest } = data;
  return rest;
}

function backtestSection(
  backtest: BacktestReport | undefined,
): Pick<RunReport, "metrics" | "benchmark" | "market" | "equity" | "tradeList" | "verdict" | "backtest"> {
  if (backtest === undefined) {
    return {
      metrics: null,
      benchmark: null,
      market: null,
      equity: [],
      tradeList: [],
      verdict: null,
      backtest: null,
    };
  }
  const { metrics, benchmark, market, equity, tradeList, verdict, ...rest } = backtest;
  return { metrics, benchmark, market, equity, tradeList, verdict, backtest: rest };
}
