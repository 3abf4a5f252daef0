import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";

/** One version of an agent's instructions. */
export interface Prose {
  readonly version: string;
  readonly instructions: string;
}

/** The unified diff of two versions of instructions, by line; empty where nothing differs. */
export function proseDiff(from: Prose, to: Prose): string {
  const [before, after] = [from, to].map(({ instructions }) => `${instructions.trimEnd()}\n`);
  if (before === undefined || after === undefined || before === after) return "";
  return createTwoFilesPatch(from.version, to.version, before, after, undefined, undefined, {
    context: 2,
    headerOptions: FILE_HEADERS_ONLY,
  });
}
