import type { RunReport } from "../domain/run/report.ts";
import type { RunOptions, Runtime } from "../runtime.ts";
import { askTool } from "../tools/ask.ts";
import type { GlobalFlags } from "./flags/global-flags.ts";
import type { Io } from "./io.ts";
import type { Block } from "./markdown/block.ts";
import { drawBlocks } from "./markdown/draw.ts";
import { MarkdownStream } from "./markdown/markdown-stream.ts";
import { parseMarkdown } from "./markdown/parse-markdown.ts";
import { type Calling, withProgress } from "./perform.ts";
import { describeFooter } from "./report/describe-provenance.ts";

const FLAG_OF_FIELD = { request: "request", threadId: "--thread", asOf: "--as-of" };

export interface Request {
  readonly command: "ask" | "chat";
  readonly request: string;
  readonly threadId: string | undefined;
}

/** Asks the manager; see `writeAnswer`. */
export async function answerRequest(
  runtime: Runtime,
  { command, request, threadId }: Request,
  flags: GlobalFlags,
  io: Io,
): Promise<RunReport> {
  return writeAnswer(async (options) => runtime.run(askTool, { request, threadId }, options), {
    command,
    flags,
    io,
    flagOf: FLAG_OF_FIELD,
  });
}

/**
 * Does a run of the manager and, unless a document was asked for, writes the answer block by block while it comes,
 * with a footer on who made it.
 */
export async function writeAnswer(
  run: (options: RunOptions) => Promise<RunReport>,
  calling: Calling,
): Promise<RunReport> {
  const { flags, io } = calling;
  const started = performance.now();
  const stream = new MarkdownStream();
  let above: Block | undefined;
  const write = (blocks: readonly Block[]): void => {
    if (blocks.length === 0) return;
    if (above === undefined) io.out.write("\n");
    io.out.writeLines(drawBlocks(blocks, io.out.width, above));
    above = blocks.at(-1);
  };
  const report = await withProgress(run, {
    ...calling,
    onEvent: (event, progress) => {
      if (event.type !== "token" || flags.json === true) return;
      const blocks = stream.push(event.text);
      if (blocks.length > 0) progress.clear();
      write(blocks);
    },
  });
  if (flags.json === true) return report;
  write(stream.end());
  // A model that does not stream, or that was corrected after it streamed, is read from the report.
  const answer = report.answer?.trim() ?? "";
  if (!stream.text.trimEnd().endsWith(answer) || above === undefined) write(parseMarkdown(answer));
  write(describeFooter(report, performance.now() - started));
  return report;
}
