import type { Runtime } from "../../runtime.ts";
import { showPromptTool } from "../../tools/show-prompt.ts";
import { given } from "../flags/given.ts";
import type { GlobalFlags } from "../flags/global-flags.ts";
import type { Io } from "../io.ts";
import { perform } from "../perform.ts";
import { describePrompt } from "../report/describe-prompt.ts";
import { writeBlocks, writeJson } from "../write-output.ts";

export interface PromptsShowFlags extends GlobalFlags {
  readonly agent: string;
  /** The version, or its beginning. */
  readonly prompt?: string;
}

/** `finagent prompts show AGENT [VERSION]` */
export async function promptsShow(runtime: Runtime, flags: PromptsShowFlags, io: Io): Promise<number> {
  const { agent, prompt } = flags;
  const calling = { command: "prompts show", flags, io, flagOf: { agent: "AGENT", version: "VERSION" } };
  const input = { agent, ...given({ version: prompt }) };
  const shown = await perform(runtime, showPromptTool, input, calling);
  if (flags.json === true) writeJson(io.out, shown);
  else writeBlocks(io.out, describePrompt(shown));
  return 0;
}
