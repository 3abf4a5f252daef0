import type { Line } from "../terminal/span.ts";
import { truncate } from "../terminal/span.ts";
import type { Terminal } from "../terminal/terminal.ts";

const UP_AND_CLEAR = "\u001b[1A\u001b[2K";

/** Lines at the bottom of a terminal that are drawn over while work goes on. Nothing where nobody looks. */
export class LiveArea {
  readonly #terminal: Terminal;
  #shown = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  show(lines: readonly Line[]): void {
    if (!this.#terminal.interactive) return;
    this.clear();
    // One cell less than the width: a full line would wrap and take two rows.
    this.#terminal.writeLines(lines.map((line) => truncate(line, this.#terminal.width - 1)));
    this.#shown = lines.length;
  }

  clear(): void {
    if (this.#shown > 0) this.#terminal.write(UP_AND_CLEAR.repeat(this.#shown));
    this.#shown = 0;
  }
}
