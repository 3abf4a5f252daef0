import { marked, type MarkedToken, type Token, type Tokens } from "marked";
import { printable } from "../terminal/printable.ts";
import type { Format, Line, Span } from "../terminal/span.ts";
import type { Block, ListItem } from "./block.ts";

/** Markdown (GitHub flavour) as blocks. Control characters are dropped: the text may be a model's. */
export function parseMarkdown(markdown: string): Block[] {
  return toBlocks(lexMarkdown(printable(markdown)));
}

export function lexMarkdown(markdown: string): Token[] {
  return marked.lexer(markdown);
}

export function toBlocks(tokens: readonly Token[]): Block[] {
  return tokens.flatMap((token) => toBlock(token as MarkedToken));
}

function toBlock(token: MarkedToken): Block[] {
  switch (token.type) {
    case "heading":
      return [{ kind: "heading", level: token.depth, text: toLine(token.tokens) }];
    case "paragraph":
      return [{ kind: "paragraph", text: toLine(token.tokens) }];
    case "text":
      return [{ kind: "paragraph", text: toLine(token.tokens ?? [token]) }];
    case "list":
      return [{ kind: "list", items: token.items.map((item, index) => toItem(token, item, index)) }];
    case "blockquote":
      return [{ kind: "quote", blocks: toBlocks(token.tokens) }];
    case "code":
      return [{ kind: "code", lines: token.text.split("\n") }];
    case "hr":
      return [{ kind: "rule" }];
    case "table":
      return [
        {
          kind: "table",
          align: token.align,
          header: token.header.map((cell) => toLine(cell.tokens)),
          rows: token.rows.map((row) => row.map((cell) => toLine(cell.tokens))),
        },
      ];
    case "html":
      return [{ kind: "paragraph", text: toLine([token]) }];
    default:
      return [];
  }
}

function toItem(list: Tokens.List, item: Tokens.ListItem, index: number): ListItem {
  const bullet = list.ordered ? `${firstNumber(list) + index}.` : "•";
  const mark = item.task ? (item.checked === true ? "✓" : "○") : bullet;
  return { mark, blocks: toBlocks(item.tokens) };
}

function firstNumber({ start }: Tokens.List): number {
  return start === "" ? 1 : start;
}

/** Inline tokens as spans; formats of the outer ones hold for the inner. */
function toLine(tokens: readonly Token[], formats: readonly Format[] = []): Line {
  return tokens.flatMap((token) => toSpans(token as MarkedToken, formats));
}

function toSpans(token: MarkedToken, formats: readonly Format[]): readonly Span[] {
  const plain = (text: string, ...more: Format[]): Span => ({ text, formats: [...formats, ...more] });
  switch (token.type) {
    case "strong":
      return toLine(token.tokens, [...formats, "bold"]);
    case "em":
      return toLine(token.tokens, [...formats, "italic"]);
    case "del":
      return toLine(token.tokens, [...formats, "strikethrough"]);
    case "codespan":
      return [plain(token.text, "cyan")];
    case "br":
      return [plain("\n")];
    case "html":
      return [plain(/^<br\s*\/?>$/i.test(token.text) ? "\n" : token.text)];
    case "link": {
      const text = toLine(token.tokens, [...formats, "underline"]);
      const shown = text.map((one) => one.text).join("");
      return shown === token.href || `mailto:${shown}` === token.href
        ? text
        : [...text, plain(` (${token.href})`, "dim")];
    }
    case "image":
      return [plain(`[${token.text}]`), plain(` (${token.href})`, "dim")];
    case "text":
      // Soft line breaks are spaces: the drawing wraps.
      return token.tokens === undefined
        ? [plain(decodeEntities(token.text.replaceAll("\n", " ")))]
        : toLine(token.tokens, formats);
    case "escape":
      return [plain(token.text)];
    default:
      return [];
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&nbsp;": "\u00a0",
};

function decodeEntities(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => ENTITIES[entity] ?? entity);
}
