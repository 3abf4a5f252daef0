import type { RiskLevel, RiskPolicy } from "../policy/risk.ts";
import { percent } from "./percent.ts";

/** The figures that decide the level, all as positive fractions. */
export interface LevelFigures {
  readonly volatility: number;
  readonly valueAtRisk: number;
  readonly drawdown: number;
}

export type LevelFigure = keyof LevelFigures;

export const LEVEL_FIGURES: Readonly<Record<LevelFigure, string>> = {
  volatility: "volatility",
  valueAtRisk: "one-day VaR",
  drawdown: "current drawdown",
};

/** The figures that reach the thresholds of a level. */
export function figuresReaching(
  figures: LevelFigures,
  thresholds: RiskPolicy["highFrom"],
): readonly LevelFigure[] {
  const names: readonly LevelFigure[] = ["volatility", "valueAtRisk", "drawdown"];
  return names.filter((name) => figures[name] >= thresholds[name]);
}

/**
 * The risk level: HIGH where any figure reaches a threshold of `highFrom`, else MODERATE where any reaches one of
 * `moderateFrom`, else LOW; with a sentence for each figure that decided.
 */
export function riskLevel(
  figures: LevelFigures,
  policy: Pick<RiskPolicy, "moderateFrom" | "highFrom">,
): { level: RiskLevel; reasons: string[] } {
  const high = figuresReaching(figures, policy.highFrom);
  if (high.length > 0) return { level: "HIGH", reasons: reached("HIGH", high, figures, policy.highFrom) };
  const moderate = figuresReaching(figures, policy.moderateFrom);
  if (moderate.length > 0) {
    return { level: "MODERATE", reasons: reached("MODERATE", moderate, figures, policy.moderateFrom) };
  }
  const names: readonly LevelFigure[] = ["volatility", "valueAtRisk", "drawdown"];
  return {
    level: "LOW",
    reasons: names.map(
      (name) =>
        `The ${LEVEL_FIGURES[name]} of ${percent(figures[name])} stays below the MODERATE threshold of ${percent(policy.moderateFrom[name])}.`,
    ),
  };
}

function reached(
  level: RiskLevel,
  names: readonly LevelFigure[],
  figures: LevelFigures,
  thresholds: RiskPolicy["highFrom"],
): string[] {
  return names.map(
    (name) =>
      `The ${LEVEL_FIGURES[name]} of ${percent(figures[name])} reaches the ${level} threshold of ${percent(thresholds[name])}.`,
  );
}
