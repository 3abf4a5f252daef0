import type { Condition, Predicate, SignalWord } from "../request/condition.ts";
import { conditionText } from "../request/condition.ts";
import { count, decimal, percent } from "../format.ts";
import type { AlphaResult, Results, RiskResult } from "./results.ts";

export interface Judgement {
  /** Whether the task may be done. A condition that cannot be judged lets nothing through. */
  readonly met: boolean;
  /** What was found, e.g. "risk is HIGH". */
  readonly found: string;
}

/** Judges all conditions of a task by the agents' reports; the first that is not met decides. */
export function judge(conditions: readonly Condition[], results: Results): Judgement {
  let found = "";
  for (const condition of conditions) {
    const fact = factOf(condition.predicate, results);
    if (fact === undefined) {
      return {
        met: false,
        found: `it cannot be judged, as the figure for "${conditionText(condition)}" is not there`,
      };
    }
    found = fact.found;
    if (fact.holds !== condition.holds) return { met: false, found };
  }
  return { met: true, found };
}

interface Fact {
  readonly holds: boolean;
  readonly found: string;
}

function factOf(predicate: Predicate, { alpha, risk }: Results): Fact | undefined {
  if (predicate.about === "risk") {
    const level = risk?.level;
    return level === undefined
      ? undefined
      : { holds: predicate.levels.includes(level), found: `risk is ${level}` };
  }
  if (predicate.about === "signal") return signalFact(predicate.is, alpha);
  const { about, than, value } = predicate;
  if (about === "score" || about === "confidence") return scoreFact(about, than, value, alpha);
  const figure = risk === undefined ? undefined : riskFigure(about, risk);
  if (figure === undefined) return undefined;
  const { size, found } = figure;
  return { holds: than === "above" ? size > value : size < value, found };
}

const IS: Readonly<Record<SignalWord, (score: number, direction: string | undefined) => boolean>> = {
  positive: (score) => score > 0,
  negative: (score) => score < 0,
  long: (_score, direction) => direction === "long",
  short: (_score, direction) => direction === "short",
  neutral: (_score, direction) => direction === "neutral",
};

/** With several symbols, a good signal of one of them suffices, a bad one must be of all. */
function signalFact(is: SignalWord, alpha: AlphaResult | undefined): Fact | undefined {
  const signals = scored(alpha);
  if (signals.length === 0) return undefined;
  const fits = signals.map((one) => IS[is](one.score, one.direction));
  const holds = is === "positive" || is === "long" ? fits.includes(true) : !fits.includes(false);
  const found = signals
    .map((one) => `${one.symbol} scores ${decimal(one.score)} (${one.direction})`)
    .join(", ");
  return { holds, found };
}

function scoreFact(
  about: "score" | "confidence",
  than: "above" | "below",
  bar: number,
  alpha: AlphaResult | undefined,
): Fact | undefined {
  const signals = scored(alpha);
  if (signals.length === 0) return undefined;
  const values = signals.map((one) => one[about]);
  const holds = than === "above" ? values.some((value) => value > bar) : values.every((value) => value < bar);
  return {
    holds,
    found: signals.map((one) => `the ${about} of ${one.symbol} is ${decimal(one[about])}`).join(", "),
  };
}

function scored(
  alpha: AlphaResult | undefined,
): { symbol: string; score: number; direction: string; confidence: number }[] {
  return (alpha?.signals ?? []).flatMap(({ symbol, score, direction, confidence }) =>
    symbol === undefined || score === undefined
      ? []
      : [{ symbol, score, direction: direction ?? "neutral", confidence: confidence ?? 0 }],
  );
}

function riskFigure(
  about: "volatility" | "valueAtRisk" | "expectedShortfall" | "maxDrawdown" | "currentDrawdown" | "beta",
  risk: RiskResult,
): { size: number; found: string } | undefined {
  const { bars } = risk;
  const window = bars === undefined || about === "beta" ? "" : ` over the last ${count(bars)} bars`;
  const size = (
    value: number | null | undefined,
    name: string,
    print = percent,
  ): { size: number; found: string } | undefined =>
    typeof value === "number"
      ? { size: about === "beta" ? value : Math.abs(value), found: `${name} is ${print(value)}${window}` }
      : undefined;
  switch (about) {
    case "volatility":
      return size(risk.volatility, "the volatility");
    case "valueAtRisk":
      return size(risk.valueAtRisk?.historical, "the value at risk");
    case "expectedShortfall":
      return size(risk.expectedShortfall?.historical, "the expected shortfall");
    case "maxDrawdown":
      return size(risk.maxDrawdown, "the largest drawdown");
    case "currentDrawdown":
      return size(risk.currentDrawdown, "the current drawdown");
    case "beta":
      return size(risk.beta?.value, "beta", decimal);
  }
}
