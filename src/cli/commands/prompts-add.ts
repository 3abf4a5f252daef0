import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { Runtime } from "../../runtime.ts";
import { addPromptTool } from "../../tools/add-prompt.ts";
import { showPromptTool } from "../../tools/show-prompt.ts";
import { badFlag } from "../flags/bad-flag.ts";
import { given } from "../flags/given.ts";
import type { GlobalFlags } from "../flags/global-flags.ts";
import type { Io } from "../io.ts";
import { bullets, cell, paragraph } from "../markdown/compose.ts";
import { perform } from "../perform.ts";
import { writeBlocks, writeJson } from "../write-output.ts";

export interface PromptsAddFlags extends GlobalFlags {
  readonly agent: string;
  readonly file?: string;
  readonly reason?: string;
}

/** What `prompts show --json` prints; what is left out is as in the version that it was made from. */
const documentSchema = z.strictObject(showPromptTool.output.partial().shape);

const HINT =
  'Begin with what "finagent prompts show AGENT --json" prints, and change instructions or policy.';

/** `finagent prompts add AGENT --file FILE`: a person's own version, as a candidate. */
export async function promptsAdd(runtime: Runtime, flags: PromptsAddFlags, io: Io): Promise<number> {
  const { agent, file, reason } = flags;
  if (file === undefined) throw badFlag("--file", "name the file with the new version.", HINT);
  if (reason === undefined || reason.trim() === "") {
    throw badFlag(
      "--reason",
      "say what the version is for.",
      'Write it like --reason "Fewer false signals".',
    );
  }
  const { version: parent, instructions, policy } = await readDocument(file, agent);
  const flagOf = { agent: "AGENT", parent: "--file", instructions: "--file", reason: "--reason" };
  const calling = { command: "prompts add", flags, io, flagOf };
  const input = { agent, reason, ...given({ parent, instructions, policy }) };
  const added = await perform(runtime, addPromptTool, input, calling);
  if (flags.json === true) {
    writeJson(io.out, added);
    return 0;
  }
  const { version, status, loosened } = added;
  const next =
    status === "candidate"
      ? `It is a candidate: "finagent prompts promote ${agent} ${version}" puts it in force.`
      : "There was a version with this content before; nothing was added.";
  writeBlocks(io.out, [
    paragraph(cell(`${agent} ${version}, from ${added.parent ?? "none"}. ${next}`)),
    ...(loosened.length === 0 ? [] : [paragraph(cell("It loosens limits:", "yellow")), bullets(loosened)]),
  ]);
  return 0;
}

async function readDocument(file: string, agent: string): Promise<z.output<typeof documentSchema>> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw badFlag("--file", `${file} cannot be read: ${reason}`, HINT);
  });
  const parsed = documentSchema.safeParse(parseJson(file, text));
  if (!parsed.success) throw badFlag("--file", `${file}: ${z.prettifyError(parsed.error)}`, HINT);
  const { agent: of = agent } = parsed.data;
  if (of !== agent) throw badFlag("--file", `${file} is a prompt of the agent ${of}, not of ${agent}.`, HINT);
  return parsed.data;
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw badFlag("--file", `${file} is not JSON: ${reason}`, HINT);
  }
}
