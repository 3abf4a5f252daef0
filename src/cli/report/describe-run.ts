import type { RunReport } from "../../domain/run/report.ts";
import type { Block } from "../markdown/block.ts";
import { bullets, cell, heading, paragraph } from "../markdown/compose.ts";
import type { Format } from "../terminal/span.ts";
import { describeDrawdowns } from "./describe-drawdowns.ts";
import { describeEquity } from "./describe-equity.ts";
import { describeFindings } from "./describe-findings.ts";
import { describeHeader } from "./describe-header.ts";
import { describeMetrics } from "./describe-metrics.ts";
import { describePortfolio, describeSignals } from "./describe-portfolio.ts";
import { describeProof, doubtfulTests, toldInTable } from "./describe-proof.ts";
import { describeProvenance, describeWarnings } from "./describe-provenance.ts";
import { describeRebalances } from "./describe-rebalances.ts";
import { describeRisk } from "./describe-risk.ts";
import { describeStatistics } from "./describe-statistics.ts";
import { describeTrades } from "./describe-trades.ts";

const CONCLUSION_FORMATS: Readonly<Record<NonNullable<RunReport["verdict"]>["conclusion"], Format>> = {
  "no evidence": "red",
  weak: "yellow",
  "holds up": "green",
};

/** A run that nobody asked for in words, as a report: pipeline and backtest. */
export function describeRun(report: RunReport, ms: number, width: number): Block[] {
  return [
    ...describeHeader(report),
    ...describeWarnings(report),
    ...describeMetrics(report),
    ...describeStatistics(report),
    ...describeEquity(report, width),
    ...describeDrawdowns(report),
    ...describeVerdict(report),
    ...describeProof(report),
    ...describeSignals(report),
    ...describeRisk(report),
    ...describePortfolio(report),
    ...describeRebalances(report),
    ...describeTrades(report),
    ...describeFindings(report.data?.findings ?? [], false),
    { kind: "rule" },
    ...describeProvenance(report, ms),
  ];
}

function describeVerdict({ verdict, backtest }: RunReport): Block[] {
  if (verdict === null) return [];
  const { conclusion, reasons } = verdict;
  const proof = backtest?.proof ?? null;
  const below = new Set(toldInTable(proof));
  return [
    heading("Verdict"),
    paragraph(cell(conclusion, "bold", CONCLUSION_FORMATS[conclusion])),
    bullets([
      ...reasons.filter((reason) => !below.has(reason)),
      ...doubtfulTests(proof),
      ...(backtest?.flags ?? []),
    ]),
  ];
}
