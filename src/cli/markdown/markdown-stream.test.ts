import * as fc from "fast-check";
import { expect, it } from "vitest";
import { MarkdownStream } from "./markdown-stream.ts";
import { parseMarkdown } from "./parse-markdown.ts";

const ANSWER = `# AAPL

Looked at **125 bars** of a
simulated market.

| Symbol | Score |
|---|--:|
| AAPL | 0.41 |
| MSFT | −0.1 |

## Signals
1. momentum
2. trend

   because it rose

- a
- b

> quoted
> text

\`\`\`json
{"a": 1}

{"b": 2}
\`\`\`
The end: 5 * 3 is _fifteen_.

    indented

    code

---
Last words`;

it("gives the same blocks however the text is cut", () => {
  const whole = parseMarkdown(ANSWER);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: ANSWER.length - 1 })), (cuts) => {
      const stream = new MarkdownStream();
      const at = [0, ...cuts.toSorted((a, b) => a - b), ANSWER.length];
      const blocks = at.slice(1).flatMap((end, i) => stream.push(ANSWER.slice(at[i], end)));
      expect([...blocks, ...stream.end()]).toEqual(whole);
      expect(stream.text).toBe(ANSWER);
    }),
  );
});

it("gives a block as soon as it is complete", () => {
  const stream = new MarkdownStream();
  expect(stream.push("# Title")).toEqual([]);
  expect(stream.push("\n")).toMatchObject([{ kind: "heading" }]);
  expect(stream.push("a paragraph\n")).toEqual([]);
  expect(stream.push("\n| a |\n|---|\n| 1 |\n")).toMatchObject([{ kind: "paragraph" }]);
  expect(stream.push("\n")).toMatchObject([{ kind: "table" }]);
});

it("takes line ends of every kind", () => {
  const stream = new MarkdownStream();
  const blocks = "a\r\n\r\n# b\r\nc".split("").flatMap((piece) => stream.push(piece));
  expect([...blocks, ...stream.end()]).toEqual(parseMarkdown("a\n\n# b\nc"));
});
