import type { Factor } from "../alpha/factor.ts";
import type { Trade } from "../backtest/report.ts";
import type { BacktestSettings } from "../backtest/settings.ts";
import type { Column } from "../market/column.ts";
import type { Constraints } from "../policy/constraints.ts";
import type { RowSpan } from "./folds.ts";
import type { Figures } from "./metric.ts";

export interface EvaluateOptions {
  readonly settings: BacktestSettings;
  readonly constraints: Constraints;
  /** Beside the built-in ones, by the name that policies use. */
  readonly factors?: ReadonlyMap<string, Factor>;
}

/** Returns of bars one after the other, and what they come to. */
export interface Stretch {
  readonly figures: Figures;
  /** Simple, after costs, close to close: one fewer than a span has bars. */
  readonly returns: Column;
}

export interface SpanEvaluation extends Stretch {
  readonly span: RowSpan;
  /** Gross exposure at the close, and money traded / equity, by bar. */
  readonly exposure: Column;
  readonly turnover: Column;
  /** By exit. */
  readonly trades: readonly Trade[];
}

export interface Evaluation {
  readonly spans: readonly SpanEvaluation[];
  /** All spans one after the other, as if each began with what the one before had made. */
  readonly joined: Stretch;
  readonly trades: readonly Trade[];
}
