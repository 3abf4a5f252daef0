import type { z } from "zod";
import type { promotePromptTool } from "../../tools/promote-prompt.ts";
import type { Block } from "../markdown/block.ts";
import { bullets, cell, paragraph } from "../markdown/compose.ts";

/** What a person's change of what is in force came to, and what real money goes by. */
export function describePromoted(promoted: z.output<typeof promotePromptTool.output>): Block[] {
  const { agent, version, replaced, live, loosened } = promoted;
  const says =
    replaced === null
      ? `${agent} ${version} was in force already.`
      : `${agent} ${version} is in force from the next run on, in place of ${replaced}.`;
  const waits = `Real money stays with ${live} until a person approves ${version}: finagent prompts promote ${agent} ${version} --live`;
  return [
    paragraph(cell(says)),
    paragraph(cell(live === version ? "It may be used with real money, too." : waits)),
    ...(loosened.length === 0 ? [] : [paragraph(cell("It loosens limits:", "yellow")), bullets(loosened)]),
  ];
}
