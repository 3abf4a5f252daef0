import { change, count, decimal, inline, percent } from "../format.ts";
import { bullets, quoted, section, table } from "../markdown.ts";
import type { RiskResult } from "../plan/results.ts";
import { alikeReasons } from "../../../domain/run/alike-reasons.ts";
import { MANY_SYMBOLS } from "./data-section.ts";
import { inWindow } from "./risk-window.ts";

/** Symbols of many that get their own line. */
const RISKIEST = 5;

type Stress = NonNullable<RiskResult["stress"]>[number];

/** The level with its reasons, the measures, and what they allow. */
export function riskSection(risk: RiskResult, withSymbols = true): string {
  return section("Risk", [
    `Level: **${risk.level ?? "n/a"}**, measured on ${basis(risk)} over the last ${count(risk.bars)} bars.`,
    quoted(risk.reasons),
    unmeasured(risk),
    table(["Measure", inWindow("Value", risk.bars)], measures(risk)),
    withSymbols ? perSymbol(risk) : "",
    absent(risk),
    breaches(risk),
    `Allowed exposure: **${percent(risk.allowedExposure)}**.`,
    quoted(risk.exposureReasons),
  ]);
}

/** Who is not in the figures, and so in no portfolio. */
export function unmeasured({ unmeasured: left }: RiskResult): string {
  if (left === undefined || left.length === 0) return "";
  return `Not measured, and so in no portfolio:\n\n${bullets(alikeReasons(left).map(inline))}`;
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
  const many = rows.length > MANY_SYMBOLS;
  const shown = many
    ? rows.toSorted((a, b) => (b.volatility ?? 0) - (a.volatility ?? 0)).slice(0, RISKIEST)
    : rows;
  const beta = rows.some((one) => typeof one.beta === "number");
  const measured = table(
    [
      "Symbol",
      ...["Volatility", "VaR", "Largest drawdown", "Current drawdown", ...(beta ? ["Beta"] : [])].map(
        (name) => inWindow(name, risk.bars),
      ),
    ],
    shown.map((one) => [
      inline(one.symbol ?? "n/a"),
      percent(one.volatility),
      percent(one.valueAtRisk),
      percent(one.maxDrawdown),
      percent(one.currentDrawdown),
      ...(beta ? [decimal(one.beta)] : []),
    ]),
  );
  return many
    ? `The five most volatile of the ${count(rows.length)} symbols; the others stand in the report:\n\n${measured}`
    : measured;
}

function breaches(risk: RiskResult): string {
  const lines = (risk.breaches ?? []).map((one) => inline(one.message ?? one.limit ?? ""));
  return lines.length === 0 ? "" : `Limits breached:\n\n${bullets(lines)}`;
}

/** Figures that are printed even where they have no value. */
const PRINTED = /^(?:volatility|valueAtRisk|expectedShortfall|maxDrawdown|currentDrawdown|beta)\b/;

/** "expectedShortfall.parametric" as "expected shortfall, parametric" */
function inWords(path: string): string {
  return path.replaceAll(".", ", ").replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Why a figure above reads "n/a" or is not there. */
function absent(risk: RiskResult): string {
  return Object.entries(risk.absent ?? {})
    .filter(([path]) => PRINTED.test(path))
    .map(([path, reason]) => `n/a for ${inWords(inline(path))}: ${inline(reason ?? "")}`)
    .join(" ");
}
