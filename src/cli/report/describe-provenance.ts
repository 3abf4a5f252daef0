import { writeUsd } from "../../domain/cost/nano-usd.ts";
import type { DecisionCounts } from "../../domain/run/provenance.ts";
import { nextWords, resultWords, whereWords } from "../../domain/run/provenance-words.ts";
import type { RunReport } from "../../domain/run/report.ts";
import { count, duration, percent } from "../format.ts";
import type { Block } from "../markdown/block.ts";
import { bullets, cell, facts, paragraph } from "../markdown/compose.ts";
import type { Line } from "../terminal/span.ts";
import { describeSource } from "./describe-header.ts";

/** Who decided, with what, and how to find the run again. */
export function describeProvenance(report: RunReport, ms: number): Block[] {
  const prompts = Object.entries(report.prompts).map(([agent, version]) => `${agent} ${version}`);
  const data = report.data === null ? "" : `, data ${report.data.hash.slice(0, 12)}`;
  const rows: (readonly [string, Line])[] = [
    ["Run", cell(`${report.runId}, ${duration(ms)}`)],
    ["Decided by", cell(describeDecisions(report.decisions))],
  ];
  if (anyDecision(report.decisions)) {
    rows.push(["Model", cell(`${report.model}${describeUsage(report.usage)}`)]);
    rows.push(["Prompts", cell(prompts.join(", "))]);
  }
  if (report.net !== null && report.net.modelCost > 0) {
    const { modelCost, totalReturn } = report.net;
    rows.push([
      "Net",
      cell(`${percent(totalReturn, 2)} total return less ${writeUsd(modelCost)} for models`),
    ]);
  }
  rows.push(["Code", cell(`FinAgent ${report.code}, seed ${report.seed}${data}`)]);
  return [facts(rows)];
}

/** The same in a few words, under an answer. */
export function describeFooter(report: RunReport, ms: number): Block[] {
  const { data, decisions, model, usage } = report;
  const by = `${model}${describeUsage(usage)}, decided by ${describeDecisions(decisions)}, ${duration(ms)}`;
  return [
    ...describeWarnings(report),
    { kind: "rule" },
    facts([
      ...(data?.simulated === true ? [["Data", describeSource(data.source, true)] as const] : []),
      ["Model", cell(by, "dim")],
      ["Run", cell(report.runId, "dim")],
      ["Thread", cell(report.threadId, "dim")],
    ]),
  ];
}

/** What a reader must not miss. */
export function describeWarnings(report: RunReport): Block[] {
  const { unverified, flags } = report;
  return [
    ...(unverified.length === 0
      ? []
      : [
          paragraph(
            cell(" UNVERIFIED ", "bold", "inverse", "red"),
            cell(
              ` No tool returned these figures of the answer; do not rely on them: ${unverified.join(", ")}`,
              "bold",
            ),
          ),
        ]),
    ...describeStandIns(report),
    ...flags.map((flag) => paragraph(cell("Note: ", "bold", "yellow"), cell(flag))),
  ];
}

/** Where rules stood in for a model and why, and what to do about it. */
function describeStandIns(report: RunReport): Block[] {
  const { decisions, provenance, data } = report;
  const next = nextWords(report);
  const where = whereWords(provenance, data?.interval ?? "1d");
  const failed =
    decisions.fallback === 0 ? "" : ` ${decisions.fallback === 1 ? "once" : `${decisions.fallback} times`}`;
  return [
    ...(report.status === "partial"
      ? [
          paragraph(
            cell(" PARTIAL ", "bold", "inverse", "red"),
            cell(` ${(resultWords(report) ?? "").replace(/^PARTIAL, n/, "N")}.`, "bold"),
          ),
        ]
      : []),
    ...(where.length === 0 && decisions.fallback === 0
      ? []
      : [
          paragraph(
            cell("Fallback: ", "bold", "yellow"),
            cell(`the model failed${failed} and rules decided in its place.`),
          ),
        ]),
    ...(where.length === 0 ? [] : [bullets(where)]),
    ...(next === null ? [] : [paragraph(cell("Next: ", "bold"), cell(next))]),
  ];
}

function describeDecisions(decisions: DecisionCounts): string {
  const made = Object.entries(decisions).filter(([, times]) => times > 0);
  return anyDecision(decisions) ? made.map(([by, times]) => `${by} ${count(times)}`).join(", ") : "no agent";
}

function anyDecision(decisions: DecisionCounts): boolean {
  return Object.values(decisions).some((times) => times > 0);
}

function describeUsage({ inputTokens, outputTokens, cost }: RunReport["usage"]): string {
  if (inputTokens + outputTokens === 0) return "";
  const price = cost === null ? "" : `, ${writeUsd(cost)}`;
  return ` (${count(inputTokens)} tokens in, ${count(outputTokens)} out${price})`;
}
