import { styleText } from "node:util";
import type { Line } from "./span.ts";
import { displayWidth } from "./display-width.ts";

/** A stream that may be a terminal. */
export type TerminalStream = NodeJS.WritableStream & {
  readonly isTTY?: boolean;
  readonly columns?: number;
};

/** Width of text that goes to a file or a pipe. */
const PLAIN_WIDTH = 80;

/** One of the two output streams: how wide it is, whether somebody looks at it, and writing lines to it. */
export class Terminal {
  readonly stream: TerminalStream;

  constructor(stream: TerminalStream) {
    this.stream = stream;
  }

  get interactive(): boolean {
    return this.stream.isTTY === true;
  }

  get width(): number {
    const columns = this.interactive ? this.stream.columns : undefined;
    return columns === undefined || columns < 20 ? PLAIN_WIDTH : columns;
  }

  write(text: string): void {
    this.stream.write(text);
  }

  writeLines(lines: readonly Line[]): void {
    if (lines.length > 0) this.write(lines.map((line) => `${this.paint(line)}\n`).join(""));
  }

  /** The line as text, with colours where the stream shows them (Node reads NO_COLOR and FORCE_COLOR). */
  paint(line: Line): string {
    return line
      .map(({ text, formats }) =>
        formats === undefined || formats.length === 0 || displayWidth(text) === 0
          ? text
          : styleText([...formats], text, { stream: this.stream }),
      )
      .join("");
  }
}
