import { alikeReasons } from "../../domain/run/alike-reasons.ts";
import type { RunReport } from "../../domain/run/report.ts";
import { barTime, percent, ratio } from "../format.ts";
import type { Block } from "../markdown/block.ts";
import { bullets, cell, heading, paragraph } from "../markdown/compose.ts";
import type { Format } from "../terminal/span.ts";

const LEVEL_FORMATS: Readonly<Record<NonNullable<RunReport["risk"]>["level"], Format>> = {
  LOW: "green",
  MODERATE: "yellow",
  HIGH: "red",
};

/** The last risk report: level, figures, what it allows and why. */
export function describeRisk({ risk, data }: RunReport): Block[] {
  if (risk === null) return [];
  const { historical, confidence } = risk.valueAtRisk;
  const figures = [
    `volatility ${percent(risk.volatility)}`,
    `one-day VaR ${percent(confidence, 0)} ${percent(historical)}`,
    `expected shortfall ${percent(risk.expectedShortfall.historical)}`,
    `max drawdown ${percent(risk.maxDrawdown)}`,
    ...(risk.beta === null ? [] : [`beta to ${risk.beta.benchmark} ${ratio(risk.beta.value)}`]),
  ];
  return [
    heading(`Risk at ${barTime(risk.asOf, data?.interval ?? "1d")}`),
    paragraph(
      cell(risk.level, "bold", LEVEL_FORMATS[risk.level]),
      cell(`, exposure up to ${percent(risk.allowedExposure, 0)} allowed: ${figures.join(", ")}.`),
    ),
    bullets([...risk.reasons, ...risk.exposureReasons, ...risk.breaches.map(({ message }) => message)]),
    ...(risk.unmeasured.length === 0
      ? []
      : [paragraph(cell("Not measured, and so not held:")), bullets(alikeReasons(risk.unmeasured))]),
  ];
}
