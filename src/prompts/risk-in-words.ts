import { rate } from "../domain/format.ts";
import type { RiskPolicy } from "../domain/policy/risk.ts";

/** What a risk policy does, as lines of Markdown. */
export function riskInWords(policy: RiskPolicy): string[] {
  const { LOW, MODERATE, HIGH } = policy.exposureByLevel;
  return [
    `Risk is measured over ${policy.lookbackBars} bars, value at risk at ${rate(policy.confidence)}.`,
    "",
    `- MODERATE from ${thresholds(policy.moderateFrom)}.`,
    `- HIGH from ${thresholds(policy.highFrom)}.`,
    `- Exposure is at most ${rate(LOW)} at LOW, ${rate(MODERATE)} at MODERATE and ${rate(HIGH)} at HIGH.`,
    `- Exposure is scaled down to a volatility of ${rate(policy.volatilityTarget)} a year, and to a loss of ${rate(policy.maxStressLoss)} in the worst stress scenario.`,
    `- A drawdown deeper than ${rate(policy.maxDrawdown)} is a breach; exposure is then at most ${rate(policy.breachExposure)}.`,
  ];
}

function thresholds({ volatility, valueAtRisk, drawdown }: RiskPolicy["highFrom"]): string {
  return `a volatility of ${rate(volatility)} a year, a value at risk of ${rate(valueAtRisk)} a day or a drawdown of ${rate(drawdown)}`;
}
