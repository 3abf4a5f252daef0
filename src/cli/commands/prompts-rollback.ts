import type { Runtime } from "../../runtime.ts";
import { rollbackPromptTool } from "../../tools/rollback-prompt.ts";
import { given } from "../flags/given.ts";
import type { GlobalFlags } from "../flags/global-flags.ts";
import type { Io } from "../io.ts";
import { perform } from "../perform.ts";
import { describePromoted } from "../report/describe-promoted.ts";
import { writeBlocks, writeJson } from "../write-output.ts";

export interface PromptsRollbackFlags extends GlobalFlags {
  readonly agent: string;
  readonly reason?: string;
}

/** `finagent prompts rollback AGENT`: undoes the last promotion. */
export async function promptsRollback(
  runtime: Runtime,
  flags: PromptsRollbackFlags,
  io: Io,
): Promise<number> {
  const { agent, reason } = flags;
  const calling = { command: "prompts rollback", flags, io, flagOf: { agent: "AGENT", reason: "--reason" } };
  const restored = await perform(runtime, rollbackPromptTool, { agent, ...given({ reason }) }, calling);
  if (flags.json === true) writeJson(io.out, restored);
  else writeBlocks(io.out, describePromoted(restored));
  return 0;
}
