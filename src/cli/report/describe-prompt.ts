import type { z } from "zod";
import type { PromptVersion, TrialResult } from "../../domain/prompt/version.ts";
import type { showPromptTool } from "../../tools/show-prompt.ts";
import { ratio } from "../format.ts";
import type { Block } from "../markdown/block.ts";
import { cell, facts, heading, table } from "../markdown/compose.ts";
import { parseMarkdown } from "../markdown/parse-markdown.ts";
import type { Line } from "../terminal/span.ts";

/** How a version stands, in a word. */
export function promptStatus({ status }: Pick<PromptVersion, "status">): Line {
  return status === "promoted" ? cell("in force", "green") : cell(status);
}

/** A version of a prompt: what it is, its words, its policy, its trials, and what was in force when. */
export function describePrompt(prompt: z.output<typeof showPromptTool.output>): Block[] {
  const { agent, version, instructions, policy, trials, history } = prompt;
  const withPolicy = Object.keys(policy).length > 0;
  return [
    heading(`${agent} ${version}`, 1),
    facts(rows(prompt)),
    heading("Instructions"),
    ...parseMarkdown(instructions),
    ...(withPolicy
      ? [heading("Policy"), { kind: "code" as const, lines: JSON.stringify(policy, null, 2).split("\n") }]
      : []),
    ...(trials.length === 0 ? [] : [heading("Trials"), trialTable(trials)]),
    ...(history.length === 0 ? [] : [heading(`What was in force of ${agent}`), historyTable(history)]),
  ];
}

function rows(prompt: PromptVersion): [string, Line][] {
  const { author, model, parent, createdAt, reason, live } = prompt;
  const approved = live === null ? "waits for a person's approval" : `approved by ${live.by}, ${live.at}`;
  return [
    ["Status", promptStatus(prompt)],
    ["Author", cell(model === null ? author : `${author}, ${model}`)],
    ...(parent === null ? [] : [["Made from", cell(parent)] satisfies [string, Line]]),
    ...(createdAt === null ? [] : [["Added", cell(createdAt)] satisfies [string, Line]]),
    ["Reason", cell(reason)],
    ...(author === "base" ? [] : [["Real money", cell(approved)] satisfies [string, Line]]),
  ];
}

function trialTable(trials: readonly TrialResult[]): Block {
  const shown = (value: number | null): Line => cell(value === null ? "n/a" : ratio(value));
  return table(
    [
      ["Run", "left"],
      ["Metric", "left"],
      ["In force", "right"],
      ["This", "right"],
      ["p-value", "right"],
      ["Deflated", "right"],
      ["Verdict", "left"],
    ],
    trials.map((one) => [
      cell(one.runId),
      cell(one.metric),
      shown(one.baseline),
      shown(one.value),
      cell(one.pValue === null ? "" : one.pValue.toFixed(4)),
      shown(one.deflatedSharpe),
      cell(`${one.verdict}: ${one.reason}`),
    ]),
  );
}

function historyTable(history: z.output<typeof showPromptTool.output>["history"]): Block {
  return table(
    [
      ["Since", "left"],
      ["Version", "left"],
      ["Replaced", "left"],
      ["By", "left"],
      ["Reason", "left"],
    ],
    history.map(({ at, version, replaced, by, reason, rollback }) => [
      cell(at),
      cell(version),
      cell(replaced),
      cell(rollback ? `${by}, rolled back` : by),
      cell(reason),
    ]),
  );
}
