import { change, count, decimal, inline, percent } from "../format.ts";
import { bullets, quoted, section, table } from "../markdown.ts";
import type { RiskResult } from "../plan/results.ts";

type Stress = NonNullable<RiskResult["stress"]>[number];

/** The level with its reasons, the measures, and what they allow. */
export function riskSection(risk: RiskResult): string {
  return section("Risk", [
    `Level: **${risk.level ?? "n/a"}**, measured on ${basis(risk)} over ${count(risk.bars)} bars. Decided by: ${risk.by ?? "n/a"}.`,
    quoted(risk.reasons),
    table(["Measure", "Value"], measures(risk)),
    perSymbol(risk),
    breaches(risk),
    `Allowed exposure: **${percent(risk.allowedExposure)}**.`,
    quoted(risk.exposureReasons),
    bullets(
      (risk.unmeasured ?? []).map(
        (one) => `${inline(one.symbol ?? "")} was not measured: ${inline(one.reason ?? "")}`,
      ),
    ),
    absent(risk),
  ]);
}

/** The stress scenario that costs most. */
export function worstStress(risk: RiskResult): Stress | undefined {
  return (risk.stress ?? [])
    .filter((one) => typeof one.return === "number")
    .sort((a, b) => (a.return ?? 0) - (b.return ?? 0))[0];
}

function basis(risk: RiskResult): string {
  switch (risk.basis) {
    case "given":
      return "the weights given";
    case "single":
      return inline(Object.keys(risk.weights ?? {}).join(", ") || "one symbol");
    default:
      return "the symbols in equal weights";
  }
}

function measures(risk: RiskResult): string[][] {
  const tail = (name: string, of: RiskResult["valueAtRisk"]): string[][] =>
    of === undefined
      ? []
      : [
          [`${name}, one day, historical, ${percent(of.confidence)} confidence`, percent(of.historical)],
          [`${name}, one day, parametric`, percent(of.parametric)],
        ];
  const worst = worstStress(risk);
  const { beta, correlation, concentration } = risk;
  return [
    ["Volatility, annualised", percent(risk.volatility)],
    ...tail("Value at risk (VaR)", risk.valueAtRisk),
    ...tail("Expected shortfall (ES)", risk.expectedShortfall),
    ["Largest drawdown", percent(risk.maxDrawdown)],
    ["Current drawdown", percent(risk.currentDrawdown)],
    ...(beta === null || beta === undefined
      ? []
      : [[`Beta to ${inline(beta.benchmark ?? "the index")}`, decimal(beta.value)]]),
    ...(typeof correlation?.mean === "number" ? [["Mean correlation", decimal(correlation.mean)]] : []),
    ...(typeof correlation?.highest?.value === "number"
      ? [
          [
            `Highest correlation: ${inline((correlation.highest.pair ?? []).join(" and "))}`,
            decimal(correlation.highest.value),
          ],
        ]
      : []),
    ...(typeof concentration?.effectiveNames === "number" && Object.keys(risk.weights ?? {}).length > 1
      ? [["Effective number of names", decimal(concentration.effectiveNames)]]
      : []),
    ...(worst === undefined
      ? []
      : [
          [
            `Worst stress: ${inline(worst.scenario ?? "")} (market ${change(worst.shock)})`,
            change(worst.return),
          ],
        ]),
  ];
}

function perSymbol(risk: RiskResult): string {
  const rows = risk.perSymbol ?? [];
  if (rows.length < 2) return "";
  return table(
    ["Symbol", "Volatility", "VaR", "Largest drawdown", "Current drawdown", "Beta"],
    rows.map((one) => [
      inline(one.symbol ?? "n/a"),
      percent(one.volatility),
      percent(one.valueAtRisk),
      percent(one.maxDrawdown),
      percent(one.currentDrawdown),
      decimal(one.beta),
    ]),
  );
}

function breaches(risk: RiskResult): string {
  const lines = (risk.breaches ?? []).map((one) => inline(one.message ?? one.limit ?? ""));
  return lines.length === 0 ? "" : `Limits breached:\n\n${bullets(lines)}`;
}

/** Figures that are printed even where they have no value. */
const PRINTED = /^(?:volatility|valueAtRisk|expectedShortfall|maxDrawdown|currentDrawdown|beta)\b/;

/** Why a figure above reads "n/a". */
function absent(risk: RiskResult): string {
  return bullets(
    Object.entries(risk.absent ?? {})
      .filter(([path]) => PRINTED.test(path))
      .map(([path, reason]) => `n/a for ${inline(path)}: ${inline(reason ?? "")}`),
  );
}
