import { userInfo } from "node:os";
import type { Runtime } from "../../runtime.ts";
import { promotePromptTool } from "../../tools/promote-prompt.ts";
import { given } from "../flags/given.ts";
import type { GlobalFlags } from "../flags/global-flags.ts";
import type { Io } from "../io.ts";
import { perform } from "../perform.ts";
import { describePromoted } from "../report/describe-promoted.ts";
import { writeBlocks, writeJson } from "../write-output.ts";

export interface PromptsPromoteFlags extends GlobalFlags {
  readonly agent: string;
  /** The version, or its beginning. */
  readonly prompt: string;
  readonly reason?: string;
  readonly live?: boolean;
}

/** `finagent prompts promote AGENT VERSION`: a person puts a version in force. */
export async function promptsPromote(runtime: Runtime, flags: PromptsPromoteFlags, io: Io): Promise<number> {
  const { agent, prompt: version, reason, live } = flags;
  const flagOf = { agent: "AGENT", version: "VERSION", reason: "--reason" };
  const calling = { command: "prompts promote", flags, io, flagOf };
  const input = { agent, version, by: userName(), ...given({ reason, live }) };
  const promoted = await perform(runtime, promotePromptTool, input, calling);
  if (flags.json === true) writeJson(io.out, promoted);
  else writeBlocks(io.out, describePromoted(promoted));
  return 0;
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A user id without a name, as in a container.
    return `user ${process.getuid?.() ?? "unknown"}`;
  }
}
