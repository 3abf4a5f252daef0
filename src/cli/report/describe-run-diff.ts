import { writeUsd } from "../../domain/cost/nano-usd.ts";
import type { RunDiff } from "../../domain/run/run-diff.ts";
import type { RunRecord } from "../../domain/run/run-record.ts";
import type { Forked } from "../../runtime.ts";
import { count, counted, money, percent, ratio } from "../format.ts";
import type { Block } from "../markdown/block.ts";
import { cell, facts, heading, paragraph, table } from "../markdown/compose.ts";
import { parseMarkdown } from "../markdown/parse-markdown.ts";
import { differenceTable } from "./difference-table.ts";

const FIGURES: Readonly<
  Record<RunDiff["money"][number]["figure"], readonly [string, (value: number) => string]>
> = {
  finalEquity: ["Final equity", money],
  totalReturn: ["Total return", (value) => percent(value, 2)],
  costs: ["Costs", money],
  maxDrawdown: ["Max drawdown", (value) => percent(value, 2)],
  sharpe: ["Sharpe", ratio],
};

const NOBODY = "no agent";

/** What came of a fork, and how it differs from the run that it comes from (A). */
export function describeFork({ run, from, at }: Forked, { report }: RunRecord, diff: RunDiff): Block[] {
  const answer: unknown =
    typeof report === "object" && report !== null && "answer" in report ? report.answer : null;
  return [
    heading(`Fork of ${from}`, 1),
    facts([
      ["Run", cell(run)],
      ["From", cell(at === null ? "the beginning" : `${at}; the steps before it were taken over`)],
    ]),
    ...(typeof answer === "string" && answer !== ""
      ? [...parseMarkdown(answer), { kind: "rule" as const }]
      : []),
    ...sections(diff),
  ];
}

/** Two runs side by side. */
export function describeRunDiff(diff: RunDiff): Block[] {
  return [heading(`A: ${diff.a}, B: ${diff.b}`, 1), ...sections(diff)];
}

function sections(diff: RunDiff): Block[] {
  return [
    heading("What was run"),
    diff.identity.length === 0
      ? paragraph(cell("The same input, settings, prompts, data and code."))
      : differenceTable("A", "B", diff.identity),
    heading("Decisions"),
    ...describeDecisions(diff.decisions),
    ...describeMoney(diff),
    ...(diff.report.length === 0 ? [] : [heading("Reports"), differenceTable("A", "B", diff.report)]),
    facts([
      ["Tokens of A", cell(usage(diff.usage.a))],
      ["Tokens of B", cell(usage(diff.usage.b))],
    ]),
  ];
}

function describeDecisions({
  by,
  level,
  allowedExposure,
  weights,
  rebalances,
  answer,
}: RunDiff["decisions"]): Block[] {
  if ([by.a, by.b].every((one) => madeBy(one) === NOBODY))
    return [paragraph(cell("No agent decided in either."))];
  const exposure = (value: number | null): string => (value === null ? "n/a" : percent(value));
  const rows = [
    ["Decided by", madeBy(by.a), madeBy(by.b)],
    ["Risk level", level.a ?? "n/a", level.b ?? "n/a"],
    ["Allowed exposure", exposure(allowedExposure.a), exposure(allowedExposure.b)],
    ...weights.map(({ symbol, a, b }) => [`Last weight of ${symbol}`, percent(a), percent(b)]),
    ["Rebalances", count(rebalances.a), count(rebalances.b)],
  ];
  const told = [
    ...(weights.length === 0 ? ["The last weights are the same."] : []),
    ...(rebalances.differing === 0
      ? []
      : [`${counted(rebalances.differing, "rebalance")} decided otherwise; the first:`]),
    ...(answer ? [] : ["The answers in words differ."]),
  ];
  return [
    table(
      [
        ["", "left"],
        ["A", "right"],
        ["B", "right"],
      ],
      rows.map(([name = "", a = "", b = ""]) => [cell(name), cell(a), cell(b)]),
    ),
    ...told.map((text) => paragraph(cell(text))),
    ...(rebalances.differing === 0 ? [] : [rebalanceTable(rebalances.first)]),
  ];
}

function rebalanceTable(first: RunDiff["decisions"]["rebalances"]["first"]): Block {
  type Side = (typeof first)[number]["a"];
  const shown = (side: Side): string => {
    if (side === null) return "no decision";
    const held = Object.entries(side.weights).map(([symbol, weight]) => `${symbol} ${percent(weight)}`);
    const level = side.level === null ? [] : [side.level];
    return [...level, ...(held.length === 0 ? ["cash"] : held)].join(", ");
  };
  return table(
    [
      ["Date", "left"],
      ["A", "left"],
      ["B", "left"],
    ],
    first.map(({ time, a, b }) => [cell(time.slice(0, 10)), cell(shown(a)), cell(shown(b))]),
  );
}

function describeMoney({ money: rows, status }: RunDiff): Block[] {
  if (rows.length === 0) return [];
  const partial = (["a", "b"] as const).filter((side) => status[side] === "partial");
  return [
    heading("Money"),
    ...partial.map((side) =>
      paragraph(
        cell(` ${side.toUpperCase()} is PARTIAL `, "bold", "inverse", "red"),
        cell(" its figures cover what the model decided before rules stood in, and no more."),
      ),
    ),
    table(
      [
        ["", "left"],
        ["A", "right"],
        ["B", "right"],
        ["B less A", "right"],
      ],
      rows.map(({ figure, a, b, difference }) => {
        const [name, show] = FIGURES[figure];
        return [cell(name), ...[a, b, difference].map((value) => cell(value === null ? "n/a" : show(value)))];
      }),
    ),
  ];
}

function madeBy(decisions: RunDiff["decisions"]["by"]["a"]): string {
  const made = Object.entries(decisions ?? {}).filter(([, times]) => times > 0);
  return made.length === 0 ? NOBODY : made.map(([by, times]) => `${by} ${count(times)}`).join(", ");
}

function usage(used: RunDiff["usage"]["a"]): string {
  if (used === null) return "none";
  const { inputTokens, outputTokens, cost } = used;
  const price = cost === null || cost === 0 ? "" : `, ${writeUsd(cost)}`;
  return `${count(inputTokens)} in, ${count(outputTokens)} out${price}`;
}
