import { displayWidth } from "../terminal/display-width.ts";
import { type Line, lineWidth, span, withFormats } from "../terminal/span.ts";
import { wrap } from "../terminal/wrap.ts";
import type { Block, ListItem } from "./block.ts";
import { drawTable } from "./draw-table.ts";

/** Prose is not set wider than this: longer lines are hard to read. */
const WIDEST_PROSE = 110;

/**
 * Blocks as lines of at most `width` cells, an empty line between them but for a heading, which belongs to
 * what follows. Code keeps its own line breaks.
 * @param above the block that stands above them already
 */
export function drawBlocks(blocks: readonly Block[], width: number, above?: Block): Line[] {
  return blocks.flatMap((block, index) => {
    const before = index === 0 ? above : blocks[index - 1];
    const apart = before !== undefined && (before.kind !== "heading" || block.kind === "heading");
    return [...(apart ? [[]] : []), ...drawBlock(block, width)];
  });
}

function drawBlock(block: Block, width: number): Line[] {
  const prose = Math.min(width, WIDEST_PROSE);
  switch (block.kind) {
    case "heading": {
      const lines = wrap(withFormats(block.text, "bold"), prose);
      const cells = Math.max(...lines.map(lineWidth));
      const rule = ["═", "─"][block.level - 1];
      return rule === undefined ? lines : [...lines, [span(rule.repeat(cells), "dim")]];
    }
    case "paragraph":
      return wrap(block.text, prose);
    case "list":
      return drawList(block.items, prose);
    case "quote":
      return drawBlocks(block.blocks, Math.max(10, prose - 2)).map((line) => [span("│ ", "dim"), ...line]);
    case "code":
      return block.lines.map((text) => [span("    "), span(text, "cyan")]);
    case "rule":
      return [[span("─".repeat(prose), "dim")]];
    case "table":
      return drawTable(block, width);
  }
}

/** Items hang on their marks. They are set apart only where one of them holds more than text and lists. */
function drawList(items: readonly ListItem[], width: number): Line[] {
  const indent = Math.max(...items.map(({ mark }) => displayWidth(mark))) + 1;
  const loose = items.some(({ blocks }) => blocks.filter((block) => block.kind !== "list").length > 1);
  return items.flatMap(({ mark, blocks }, index) => {
    const inner = Math.max(10, width - indent);
    const lines = loose ? drawBlocks(blocks, inner) : blocks.flatMap((block) => drawBlock(block, inner));
    const hung = (lines.length === 0 ? [[]] : lines).map((line, row) => [
      span(row === 0 ? `${mark}${" ".repeat(indent - displayWidth(mark))}` : " ".repeat(indent)),
      ...line,
    ]);
    return loose && index > 0 ? [[], ...hung] : hung;
  });
}
