import { describe, expect, it } from "vitest";
import { displayWidth } from "../terminal/display-width.ts";
import { plainText } from "../terminal/span.ts";
import { drawBlocks } from "./draw.ts";
import { parseMarkdown } from "./parse-markdown.ts";

const draw = (markdown: string, width = 60): string =>
  drawBlocks(parseMarkdown(markdown), width).map(plainText).join("\n");

describe("text", () => {
  it("sets headings, paragraphs, lists and quotes", () => {
    expect(
      draw(
        "# Apple\n\nIt **rose**\nby _12%_.\n\n1. one\n2. two\n   - deep\n\n> why\n\n- [x] data\n- [ ] risk\n\n---",
        30,
      ),
    ).toBe(
      [
        "Apple",
        "═════",
        "It rose by 12%.",
        "",
        "1. one",
        "2. two",
        "   • deep",
        "",
        "│ why",
        "",
        "✓ data",
        "○ risk",
        "",
        "─".repeat(30),
      ].join("\n"),
    );
  });

  it("hangs wrapped items on their marks", () => {
    expect(draw("- volatility is above the limit of the policy", 20)).toBe(
      "• volatility is\n  above the limit of\n  the policy",
    );
  });

  it("leaves code as it is", () => {
    expect(draw('```sh\nfinagent ask "a very long request" --json\n```', 20)).toBe(
      '    finagent ask "a very long request" --json',
    );
  });

  it("marks bold and italic", () => {
    const [line] = drawBlocks(parseMarkdown("a **b _c_** `d`"), 40);
    expect(line?.filter(({ text }) => text !== " ")).toEqual([
      { text: "a", formats: [] },
      { text: "b", formats: ["bold"] },
      { text: "c", formats: ["bold", "italic"] },
      { text: "d", formats: ["cyan"] },
    ]);
  });

  it("shows where a link leads, and entities and HTML as a reader expects them", () => {
    expect(draw("[source](https://example.org) S&amp;P 500 a<br>b")).toBe(
      "source (https://example.org) S&P 500 a\nb",
    );
  });

  it("lets no escape sequence through", () => {
    expect(draw("**a\u001b[2Jb** \u001b]0;x\u0007c")).toBe("ab c");
  });
});

describe("tables", () => {
  it("aligns columns, numbers to the right, also with minus signs and wide characters", () => {
    expect(
      draw(
        "| Symbol | Return | Name |\n|---|---|---|\n| AAPL | −3.25% | Apple |\n| 7203 | +112.00% | トヨタ |",
      ),
    ).toBe(
      [
        "Symbol    Return  Name",
        "──────  ────────  ──────",
        "AAPL      −3.25%  Apple",
        "7203    +112.00%  トヨタ",
      ].join("\n"),
    );
  });

  it("obeys the alignment that the table states", () => {
    expect(draw("| a | bcd |\n|--:|:-:|\n| xyz | 1 |")).toBe("  a  bcd\n───  ───\nxyz   1");
  });

  it("wraps the widest column where the table would be too wide", () => {
    const text = draw(
      "| Factor | Score | Evidence |\n|---|--:|---|\n| momentum | 0.41 | the price rose over the last 126 bars by 18% and by 4% over the last 21 |",
      44,
    );
    expect(text).toBe(
      [
        "Factor    Score  Evidence",
        "────────  ─────  ───────────────────────────",
        "momentum   0.41  the price rose over the",
        "                 last 126 bars by 18% and by",
        "                 4% over the last 21",
      ].join("\n"),
    );
  });

  it.each([40, 60, 80, 120])("stays within %i cells", (width) => {
    const row =
      "| AAPL | a longer sentence that explains the score | −12.5% | another long sentence of it |\n";
    const lines = draw(
      `| Symbol | Why | Return | What would change it |\n|--|--|--|--|\n${row.repeat(3)}`,
      width,
    )
      .split("\n")
      .map(displayWidth);
    expect(Math.max(...lines)).toBeLessThanOrEqual(width);
  });
});
