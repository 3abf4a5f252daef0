import type { Block } from "./markdown/block.ts";
import { drawBlocks } from "./markdown/draw.ts";
import type { Terminal } from "./terminal/terminal.ts";

/** One JSON document and nothing else. */
export function writeJson(out: Terminal, document: unknown): void {
  out.write(`${JSON.stringify(document, null, 2)}\n`);
}

export function writeBlocks(out: Terminal, blocks: readonly Block[]): void {
  out.writeLines(drawBlocks(blocks, out.width));
}
