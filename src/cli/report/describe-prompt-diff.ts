import type { z } from "zod";
import type { diffPromptsTool } from "../../tools/diff-prompts.ts";
import type { Block } from "../markdown/block.ts";
import { cell, heading, paragraph } from "../markdown/compose.ts";
import { differenceTable } from "./difference-table.ts";

/** Two versions of a prompt side by side: the policy by field, the instructions by line. */
export function describePromptDiff(diff: z.output<typeof diffPromptsTool.output>): Block[] {
  const { agent, a, b, policy, prose } = diff;
  // What one of them does not have is no value that it has.
  const changes = policy.map(({ field, from, to }) => ({ field, a: from ?? undefined, b: to ?? undefined }));
  return [
    heading(`${agent}: ${a} and ${b}`, 1),
    heading("Policy"),
    changes.length === 0 ? paragraph(cell("The same.")) : differenceTable(a, b, changes),
    heading("Instructions"),
    prose === "" ? paragraph(cell("The same.")) : { kind: "code", lines: prose.trimEnd().split("\n") },
  ];
}
