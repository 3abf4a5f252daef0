import type { Constraints } from "../policy/constraints.ts";
import type { RiskLevel } from "../policy/risk.ts";
import {
  exposureLimits,
  stressLossLimit,
  unitVolatility,
  volatilityTarget,
  withinLimits,
} from "./exposure.ts";
import { figuresReaching, LEVEL_FIGURES, type LevelFigure, type LevelFigures } from "./level.ts";
import { percent } from "./percent.ts";
import type { RiskReport } from "./report.ts";
import { worstStress } from "./worst-stress.ts";

const EASIER: Readonly<Record<RiskLevel, RiskLevel>> = { HIGH: "MODERATE", MODERATE: "LOW", LOW: "LOW" };
const HARDER: Readonly<Record<RiskLevel, RiskLevel>> = { LOW: "MODERATE", MODERATE: "HIGH", HIGH: "HIGH" };

/** Smaller changes of exposure are not worth a sentence: the percentages would read the same. */
const NOTEWORTHY = 0.0005;

/**
 * What would let the exposure that a risk report allows under the person's constraints rise or fall, other things
 * equal, in sentences with the figures.
 */
export function exposureOutlook(report: RiskReport, constraints: Constraints = {}): string[] {
  return [rise(report, constraints), fall(report, constraints)].filter((one) => one !== null);
}

function rise(report: RiskReport, constraints: Constraints): string | null {
  const [tightest, ...others] = exposureLimits(report, constraints);
  if (tightest === undefined) return null;
  const now = Math.min(report.allowedExposure, tightest.cap);
  if (tightest.cap - now >= NOTEWORTHY) {
    return `The allowed exposure rises from ${percent(now)} to ${percent(tightest.cap)} when the risk agent allows as much as its policy.`;
  }
  let next = withinLimits(others);
  let when: string;
  switch (tightest.from) {
    case "volatility": {
      const unit = unitVolatility(report);
      when = `volatility falls to ${percent(volatilityTarget(report, constraints) / next)} (now ${percent(unit)})`;
      break;
    }
    case "stress": {
      const worst = worstStress(report);
      if (worst === null) return null;
      const loss = stressLossLimit(report, constraints) / next;
      when = `the worst stress loss of a fully invested book falls to ${percent(loss)} (now ${percent(worst.loss)}, in ${worst.event})`;
      break;
    }
    case "drawdown":
      when = `the current drawdown is back to ${percent(report.policy.maxDrawdown)} (now ${percent(-(report.currentDrawdown ?? 0))})`;
      break;
    case "level": {
      const easier = EASIER[report.level];
      if (easier === report.level) return null;
      next = withinLimits(exposureLimits({ ...report, level: easier }, constraints));
      const thresholds = report.level === "HIGH" ? report.policy.highFrom : report.policy.moderateFrom;
      const figures = levelFigures(report);
      const below = figuresReaching(figures, thresholds).map((name) => threshold(name, thresholds, figures));
      when =
        below.length === 0
          ? `the risk agent calls the level no more than ${easier}`
          : `the level falls to ${easier}: ${below.join(" and ")} below that`;
      break;
    }
  }
  if (next - now < NOTEWORTHY) return null;
  return `The allowed exposure rises from ${percent(now)} to ${percent(next)} when ${when}.`;
}

function fall(report: RiskReport, constraints: Constraints): string | null {
  const harder = HARDER[report.level];
  const now = Math.min(report.allowedExposure, withinLimits(exposureLimits(report, constraints)));
  const next = withinLimits(exposureLimits({ ...report, level: harder }, constraints));
  if (now - next < NOTEWORTHY) return null;
  const thresholds = harder === "HIGH" ? report.policy.highFrom : report.policy.moderateFrom;
  const figures = levelFigures(report);
  const names: readonly LevelFigure[] = ["volatility", "valueAtRisk", "drawdown"];
  const reached = names.map((name) => threshold(name, thresholds, figures));
  return `The allowed exposure falls from ${percent(now)} to ${percent(next)} when the level rises to ${harder}: ${reached.join(" or ")}.`;
}

function threshold(name: LevelFigure, thresholds: LevelFigures, figures: LevelFigures): string {
  return `${LEVEL_FIGURES[name]} of ${percent(thresholds[name])} (now ${percent(figures[name])})`;
}

function levelFigures(report: RiskReport): LevelFigures {
  return {
    volatility: report.volatility ?? 0,
    valueAtRisk: report.valueAtRisk.historical ?? 0,
    drawdown: -(report.currentDrawdown ?? 0),
  };
}
