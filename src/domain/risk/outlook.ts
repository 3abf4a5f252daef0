import type { Constraints } from "../policy/constraints.ts";
import type { RiskLevel } from "../policy/risk.ts";
import { type ExposureBasis, exposureLimits, unitVolatility, volatilityTarget } from "./exposure.ts";
import { figuresReaching, LEVEL_FIGURES, type LevelFigure, type LevelFigures } from "./level.ts";
import { percent } from "./percent.ts";
import type { RiskReport } from "./report.ts";

const EASIER: Readonly<Record<RiskLevel, RiskLevel>> = { HIGH: "MODERATE", MODERATE: "LOW", LOW: "LOW" };
const HARDER: Readonly<Record<RiskLevel, RiskLevel>> = { LOW: "MODERATE", MODERATE: "HIGH", HIGH: "HIGH" };

/** What would let the allowed exposure rise or fall, other things equal, in sentences with the figures. */
export function exposureOutlook(report: RiskReport, constraints: Constraints = {}): string[] {
  return [rise(report, constraints), fall(report, constraints)].filter((one) => one !== null);
}

function rise(report: RiskReport, constraints: Constraints): string | null {
  const [tightest, ...others] = exposureLimits(report, constraints);
  if (tightest === undefined) return null;
  const rest = (caps: readonly { readonly cap: number }[]): number =>
    Math.min(1, ...caps.map((one) => one.cap));
  let next = rest(others);
  let when: string;
  switch (tightest.from) {
    case "volatility": {
      const unit = unitVolatility(report);
      when = `volatility falls to ${percent(volatilityTarget(report, constraints) / next)} (now ${percent(unit)})`;
      break;
    }
    case "breach":
      when = `no limit is breached any more: ${report.breaches.map(breachEnd).join(" and ")}`;
      break;
    case "level": {
      const easier = EASIER[report.level];
      if (easier === report.level) return null;
      next = allowed({ ...report, level: easier }, constraints);
      const thresholds = report.level === "HIGH" ? report.policy.highFrom : report.policy.moderateFrom;
      const figures = levelFigures(report);
      const below = figuresReaching(figures, thresholds).map((name) => threshold(name, thresholds, figures));
      when = `the level falls to ${easier}: ${below.join(" and ")} below that`;
      break;
    }
  }
  if (next - tightest.cap < 0.0005) return null;
  return `The allowed exposure rises from ${percent(tightest.cap)} to ${percent(next)} when ${when}.`;
}

function fall(report: RiskReport, constraints: Constraints): string | null {
  const harder = HARDER[report.level];
  const now = allowed(report, constraints);
  const next = allowed({ ...report, level: harder }, constraints);
  if (now - next < 0.0005) return null;
  const thresholds = harder === "HIGH" ? report.policy.highFrom : report.policy.moderateFrom;
  const figures = levelFigures(report);
  const names: readonly LevelFigure[] = ["volatility", "valueAtRisk", "drawdown"];
  const reached = names.map((name) => threshold(name, thresholds, figures));
  return `The allowed exposure falls from ${percent(now)} to ${percent(next)} when the level rises to ${harder}: ${reached.join(" or ")}.`;
}

function allowed(basis: ExposureBasis, constraints: Constraints): number {
  return exposureLimits(basis, constraints)[0]?.cap ?? 1;
}

function threshold(name: LevelFigure, thresholds: LevelFigures, figures: LevelFigures): string {
  return `${LEVEL_FIGURES[name]} of ${percent(thresholds[name])} (now ${percent(figures[name])})`;
}

function breachEnd(breach: RiskReport["breaches"][number]): string {
  return `${breach.limit} back to ${percent(breach.maximum)} (now ${percent(breach.value)})`;
}

function levelFigures(report: RiskReport): LevelFigures {
  return {
    volatility: report.volatility ?? 0,
    valueAtRisk: report.valueAtRisk.historical ?? 0,
    drawdown: -(report.currentDrawdown ?? 0),
  };
}
