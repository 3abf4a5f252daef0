import type { Runtime } from "../../runtime.ts";
import { diffPromptsTool } from "../../tools/diff-prompts.ts";
import { given } from "../flags/given.ts";
import type { GlobalFlags } from "../flags/global-flags.ts";
import type { Io } from "../io.ts";
import { perform } from "../perform.ts";
import { describePromptDiff } from "../report/describe-prompt-diff.ts";
import { writeBlocks, writeJson } from "../write-output.ts";

export interface PromptsDiffFlags extends GlobalFlags {
  readonly agent: string;
  readonly a: string;
  readonly b?: string;
}

/** `finagent prompts diff AGENT A [B]` */
export async function promptsDiff(runtime: Runtime, flags: PromptsDiffFlags, io: Io): Promise<number> {
  const { agent, a, b } = flags;
  const calling = { command: "prompts diff", flags, io, flagOf: { agent: "AGENT", a: "A", b: "B" } };
  const diff = await perform(runtime, diffPromptsTool, { agent, a, ...given({ b }) }, calling);
  if (flags.json === true) writeJson(io.out, diff);
  else writeBlocks(io.out, describePromptDiff(diff));
  return 0;
}
