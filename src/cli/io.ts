import type { Terminal } from "./terminal/terminal.ts";

/** What a command may touch of the process that it runs in. */
export interface Io {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  /** Answers and documents. */
  readonly out: Terminal;
  /** Progress and errors. */
  readonly err: Terminal;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** Does what Ctrl-C does; for a line editor, which gets the key in place of the process. */
  interrupt(): void;
  /** From now on Ctrl-C ends the process at once: code that is not ours may never let it hear of the key. */
  yieldInterrupts(): void;
}
