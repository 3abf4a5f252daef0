import type { RiskLevel } from "../../../domain/policy/risk.ts";

/** A statement about the agents' reports that a condition turns on. */
export type Predicate =
  | { readonly about: "risk"; readonly levels: readonly RiskLevel[] }
  | { readonly about: "signal"; readonly is: SignalWord }
  | { readonly about: Measure; readonly than: "above" | "below"; readonly value: number };

export type SignalWord = "positive" | "negative" | "long" | "short" | "neutral";

/** Figures that a request can set a bar for. Fractions, but for beta, score and confidence. */
export type Measure =
  | "volatility"
  | "valueAtRisk"
  | "expectedShortfall"
  | "maxDrawdown"
  | "currentDrawdown"
  | "beta"
  | "score"
  | "confidence";

export type ConditionalTask = "portfolio" | "backtest";

/** A task that is done only where the predicate holds, or only where it does not. */
export interface Condition {
  readonly task: ConditionalTask;
  readonly predicate: Predicate;
  readonly holds: boolean;
}

const NAMES: Readonly<Record<Measure, string>> = {
  volatility: "the volatility",
  valueAtRisk: "the value at risk",
  expectedShortfall: "the expected shortfall",
  maxDrawdown: "the largest drawdown",
  currentDrawdown: "the current drawdown",
  beta: "beta",
  score: "the score",
  confidence: "the confidence",
};

/** "only if risk is not HIGH": the condition as the plan shows it. */
export function conditionText(condition: Condition): string {
  return `only if ${predicateText(condition.predicate, condition.holds)}`;
}

export function predicateText(predicate: Predicate, holds: boolean): string {
  const not = holds ? "" : "not ";
  if (predicate.about === "risk") return `risk is ${not}${predicate.levels.join(" or ")}`;
  if (predicate.about === "signal") return `the signal is ${not}${predicate.is}`;
  return `${NAMES[predicate.about]} is ${not}${predicate.than} ${valueText(predicate.about, predicate.value)}`;
}

/** A bar in the unit in which it is printed. */
function valueText(measure: Measure, value: number): string {
  const fraction = measure !== "beta" && measure !== "score" && measure !== "confidence";
  return fraction ? `${Number((value * 100).toPrecision(12))}%` : String(value);
}
