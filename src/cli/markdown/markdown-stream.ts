import type { Token } from "marked";
import { printable } from "../terminal/printable.ts";
import type { Block } from "./block.ts";
import { lexMarkdown, toBlocks } from "./parse-markdown.ts";

/** Blocks that a blank line does not end: what follows may still belong to them. */
const MAY_GO_ON = new Set(["list", "blockquote", "code", "html"]);

/** Turns Markdown that arrives in pieces into blocks, each as soon as nothing can change it any more. */
export class MarkdownStream {
  #pending = "";
  #received = "";

  /** All that has arrived so far. */
  get text(): string {
    return this.#received;
  }

  /** Takes a piece and returns the blocks that it completes. */
  push(piece: string): Block[] {
    this.#received += piece;
    this.#pending += piece.replaceAll("\r", "");
    if (!piece.includes("\n")) return [];
    const end = this.#pending.lastIndexOf("\n") + 1;
    const tokens = lexMarkdown(this.#pending.slice(0, end));
    const complete = tokens.slice(0, countComplete(tokens));
    const length = complete.reduce((sum, { raw }) => sum + raw.length, 0);
    const blocks = toPrintableBlocks(this.#pending.slice(0, length));
    this.#pending = this.#pending.slice(length);
    return blocks;
  }

  /** What is left when the text has ended. */
  end(): Block[] {
    const blocks = toPrintableBlocks(this.#pending);
    this.#pending = "";
    return blocks;
  }
}

function toPrintableBlocks(markdown: string): Block[] {
  return markdown === "" ? [] : toBlocks(lexMarkdown(printable(markdown)));
}

/** How many leading tokens are settled, given text that ends with a line. */
function countComplete(tokens: readonly Token[]): number {
  const last = tokens.findLastIndex((token) => token.type !== "space");
  const token = tokens[last];
  if (token === undefined) return tokens.length;
  const blankFollows = last < tokens.length - 1 || /\n[ \t]*\n$/.test(token.raw);
  const settled = token.type === "heading" || token.type === "hr" || isClosedFence(token);
  return settled || (blankFollows && !MAY_GO_ON.has(token.type)) ? tokens.length : last;
}

function isClosedFence(token: Token): boolean {
  return token.type === "code" && /^ {0,3}(`{3,}|~{3,})[^]*\n {0,3}\1[`~]*\s*$/.test(token.raw);
}
