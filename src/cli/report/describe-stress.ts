import type { StressReport } from "../../domain/run/stress-report.ts";
import { count, percent, ratio } from "../format.ts";
import type { Block } from "../markdown/block.ts";
import { bullets, cell, facts, heading } from "../markdown/compose.ts";
import { describeScenarios } from "./describe-scenarios.ts";
import { describeSimulation } from "./describe-simulation.ts";
import { identityRows, sourceRows } from "./describe-source-rows.ts";

/** A stress test as a report for the terminal. */
export function describeStress(report: StressReport, ms: number): Block[] {
  const { market, unfitted, flags } = report;
  return [
    heading(`Stress test: ${nameOf(report.tested)}`, 1),
    facts([
      ...sourceRows(report.data, report.settings),
      ...(market === null ? [] : [["Betas", cell(describeBetas(market))] as const]),
    ]),
    ...describeScenarios(report),
    ...report.simulations.flatMap(describeSimulation),
    ...(unfitted.length === 0
      ? []
      : [heading("Not simulated"), bullets(unfitted.map(({ model, reason }) => `${model}: ${reason}`))]),
    bullets(flags),
    { kind: "rule" },
    identityRows(report, ms),
  ];
}

function nameOf({ name, params, weights }: StressReport["tested"]): string {
  const parts =
    weights === null
      ? Object.entries(params).map(([param, value]) => `${param} ${String(value)}`)
      : Object.entries(weights).map(([symbol, weight]) => `${symbol} ${percent(weight)}`);
  return parts.length === 0 ? name : `${name} (${parts.join(", ")})`;
}

function describeBetas({ benchmark, betas, bars }: NonNullable<StressReport["market"]>): string {
  const values = Object.entries(betas).map(([symbol, beta]) => `${symbol} ${ratio(beta)}`);
  return benchmark === null
    ? `1 for every symbol, ASSUMED: no index has enough bars; the market is the mean of the symbols over ${count(bars)} bars`
    : `${values.join(", ")} to ${benchmark} over ${count(bars)} bars`;
}
