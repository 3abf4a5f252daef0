import { assessAlpha } from "../alpha/assess.ts";
import type { Factor } from "../alpha/factor.ts";
import type { Targets } from "../backtest/targets.ts";
import { FinAgentError } from "../errors.ts";
import { at, countAtMost } from "../market/column.ts";
import type { DataSet } from "../market/data-set.ts";
import type { Panel } from "../market/panel.ts";
import { MarketView } from "../market/view.ts";
import { decidePortfolio } from "../portfolio/decide.ts";
import { measureRisk } from "../risk/measure.ts";
import { sliceBars, type Bars } from "../market/bars.ts";
import type { Constraints } from "./constraints.ts";
import type { Policies } from "./policies.ts";
import type { RiskLevel } from "./risk.ts";
import { StageMemo } from "./stage-memo.ts";

/** What the agents decided at one rebalance date, from what was known then. */
export interface RollingDecision {
  /** Row of the panel at whose close it was decided. */
  readonly row: number;
  readonly level: RiskLevel | null;
  readonly allowedExposure: number;
  readonly weights: Readonly<Record<string, number>>;
  /** Why nothing could be decided, where the weights are all cash for that reason. */
  readonly note: string | null;
  /** Agents for whose model rules stood in; left out where there is none. */
  readonly standIns?: readonly string[];
}

/** What one stage reported at each rebalance row; null where history was too short, with the reason in `notes`. */
export interface RollingStage<R> {
  /** Names the run and the stage; equal content is not looked for. */
  readonly id: string;
  readonly rows: readonly number[];
  readonly reports: readonly (R | null)[];
  readonly notes: readonly (string | null)[];
  /** Positions among the rows at which rules stood in for the model; left out where there is none. */
  readonly standIns?: readonly number[];
}

export interface RollingDecisions {
  readonly id: string;
  readonly decisions: readonly RollingDecision[];
}

/** Every `everyBars`-th row of the data set's window, from its first. */
export function rebalanceRows(dataSet: DataSet, everyBars: number): number[] {
  const { panel } = dataSet;
  const first = countAtMost(panel.time, dataSet.from - 1);
  const end = countAtMost(panel.time, dataSet.to);
  const rows: number[] = [];
  for (let row = first; row < end; row += everyBars) rows.push(row);
  return rows;
}

/** The source's index as it was known at a time. */
export function knownBenchmark(dataSet: DataSet, time: number): Bars | null {
  const { benchmark } = dataSet;
  return benchmark === null ? null : sliceBars(benchmark, 0, countAtMost(benchmark.closeTime, time));
}

/** Target weights of a sequence of decisions, one row each. */
export function targetsOf(panel: Panel, decisions: readonly RollingDecision[]): Targets {
  return {
    rows: Int32Array.from(decisions, (decision) => decision.row),
    weights: panel.symbols.map((symbol) =>
      Float64Array.from(decisions, (decision) => decision.weights[symbol] ?? 0),
    ),
  };
}

/**
 * The weights that a book has drifted to by the close of a row: each position grows with its price, cash does
 * not. Costs and fills are the engine's; this is what a decision maker without a broker knows.
 */
export function driftedHoldings(
  panel: Panel,
  earlier: RollingDecision | undefined,
  row: number,
): Record<string, number> {
  if (earlier === undefined) return {};
  const grown: Record<string, number> = {};
  let total = 1;
  for (const [s, symbol] of panel.symbols.entries()) {
    const weight = earlier.weights[symbol] ?? 0;
    if (weight === 0) continue;
    const growth = closeAt(panel, s, row) / closeAt(panel, s, earlier.row);
    grown[symbol] = weight * growth;
    total += weight * (growth - 1);
  }
  for (const symbol of Object.keys(grown)) grown[symbol] = (grown[symbol] ?? 0) / total;
  return grown;
}

/** The last known close at a row; a symbol that is held has traded before. */
function closeAt(panel: Panel, s: number, row: number): number {
  const index = panel.barAt[s];
  const bars = panel.bars[s];
  if (index === undefined || bars === undefined) throw new RangeError(`no symbol ${s} in the panel`);
  for (let r = row; r >= 0; r--) {
    const bar = index[r] ?? -1;
    if (bar >= 0) return at(bars.close, bar);
  }
  throw new RangeError(`${bars.symbol} has not traded by row ${row}`);
}

/** An answer, or the error that says that history is too short for one; any other error is thrown. */
export function unlessTooShort<R>(ask: () => R): R | FinAgentError {
  try {
    return ask();
  } catch (error) {
    if (error instanceof FinAgentError && error.code === "DATA_INSUFFICIENT") return error;
    throw error;
  }
}

/** What the rules decided at one rebalance date. */
export interface RuledDecision extends RollingDecision {
  /** How many of alpha, risk and portfolio decided; history was too short for the others. */
  readonly agents: number;
}

export interface RollingOptions {
  readonly policies: Policies;
  readonly constraints: Constraints;
  readonly factors?: ReadonlyMap<string, Factor>;
  /** What alpha and risk said before, for those who roll many policies over the same data. */
  readonly memo?: StageMemo;
}

/**
 * The agents' rules over the whole window: at every rebalance date alpha, risk and portfolio decide from the
 * view that ends there.
 */
export function rollPolicies(dataSet: DataSet, options: RollingOptions): RuledDecision[] {
  const { policies, constraints } = options;
  const said = (options.memo ?? new StageMemo()).of(dataSet, options);
  const decisions: RuledDecision[] = [];
  for (const row of rebalanceRows(dataSet, policies.portfolio.rebalanceBars)) {
    decisions.push(decide(row));
  }
  return decisions;

  function decide(row: number): RuledDecision {
    const { panel, id: dataSetId } = dataSet;
    const time = at(panel.closeTime, row);
    const view = new MarketView(panel, time);
    const alpha = recalled(said.alpha, row, () =>
      assessAlpha(view, {
        policy: policies.alpha,
        dataSetId,
        ...(options.factors === undefined ? {} : { factors: options.factors }),
      }),
    );
    const risk = recalled(said.risk, row, () =>
      measureRisk(view, {
        policy: policies.risk,
        dataSetId,
        benchmark: knownBenchmark(dataSet, time),
        constraints,
      }),
    );
    if (alpha instanceof FinAgentError) return cash(row, alpha, risk instanceof FinAgentError ? 0 : 1);
    if (risk instanceof FinAgentError) return cash(row, risk, 1);
    const portfolio = unlessTooShort(() =>
      decidePortfolio(view, {
        alpha,
        risk,
        policy: policies.portfolio,
        constraints,
        holdings: driftedHoldings(panel, decisions.at(-1), row),
      }),
    );
    if (portfolio instanceof FinAgentError) return cash(row, portfolio, 2);
    const { allowedExposure, trades } = portfolio;
    return { row, level: risk.level, allowedExposure, weights: trades.weights, note: null, agents: 3 };
  }
}

function recalled<R>(answers: Map<number, R | FinAgentError>, row: number, ask: () => R): R | FinAgentError {
  const before = answers.get(row);
  if (before !== undefined) return before;
  const answer = unlessTooShort(ask);
  answers.set(row, answer);
  return answer;
}

function cash(row: number, { message }: FinAgentError, agents: number): RuledDecision {
  return { row, level: null, allowedExposure: 0, weights: {}, note: message, agents };
}
