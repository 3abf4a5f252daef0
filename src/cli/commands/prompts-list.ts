import type { PromptVersion } from "../../domain/prompt/version.ts";
import type { Runtime } from "../../runtime.ts";
import { listPromptsTool } from "../../tools/list-prompts.ts";
import { given } from "../flags/given.ts";
import type { GlobalFlags } from "../flags/global-flags.ts";
import { count } from "../format.ts";
import type { Io } from "../io.ts";
import { cell, table } from "../markdown/compose.ts";
import { perform } from "../perform.ts";
import { promptStatus } from "../report/describe-prompt.ts";
import { writeBlocks, writeJson } from "../write-output.ts";

export interface PromptsListFlags extends GlobalFlags {
  readonly agent?: string;
}

/** `finagent prompts list`: every version, and which are in force. */
export async function promptsList(runtime: Runtime, flags: PromptsListFlags, io: Io): Promise<number> {
  const calling = { command: "prompts list", flags, io, flagOf: { agent: "AGENT" } };
  const listed = await perform(runtime, listPromptsTool, given({ agent: flags.agent }), calling);
  if (flags.json === true) {
    writeJson(io.out, listed);
    return 0;
  }
  const columns = ["Agent", "Version", "Status", "Author", "When", "Trials", "Live", "Reason"];
  writeBlocks(io.out, [
    table(
      columns.map((name) => [name, name === "Trials" ? "right" : "left"]),
      listed.prompts.map((one) => [
        cell(one.agent),
        cell(one.version, ...(one.status === "promoted" ? (["bold"] as const) : [])),
        promptStatus(one),
        cell(one.author),
        cell(one.createdAt?.slice(0, 10) ?? ""),
        cell(one.trials === 0 ? "" : count(one.trials)),
        cell(approval(one)),
        cell(one.author === "base" ? "" : one.reason),
      ]),
    ),
  ]);
  return 0;
}

/** Whether it may be used with real money. */
function approval({ live, author }: Pick<PromptVersion, "live" | "author">): string {
  if (author === "base") return "";
  return live === null ? "waits" : "yes";
}
