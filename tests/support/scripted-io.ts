import { PassThrough, Readable } from "node:stream";
import type { Io } from "../../src/cli/io.ts";
import { Terminal } from "../../src/cli/terminal/terminal.ts";

/** A process's streams, held in memory. */
export interface ScriptedIo {
  readonly io: Io;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly interrupt: () => void;
}

export interface Looks {
  /** What is piped in. */
  readonly stdin?: string;
  /** Set where stderr and stdout are terminals of that width. */
  readonly columns?: number;
}

export function scriptedIo({ stdin = "", columns }: Looks = {}): ScriptedIo {
  const abort = new AbortController();
  const out = collect(columns);
  const err = collect(columns);
  const interrupt = (): void => abort.abort();
  return {
    io: {
      stdin: Readable.from(stdin === "" ? [] : [stdin]),
      out: new Terminal(out.stream),
      err: new Terminal(err.stream),
      signal: abort.signal,
      interrupt,
      yieldInterrupts: () => undefined,
    },
    stdout: out.text,
    stderr: err.text,
    interrupt,
  };
}

function collect(columns: number | undefined): { stream: PassThrough; text: () => string } {
  let text = "";
  const stream = new PassThrough();
  stream.setEncoding("utf8");
  stream.on("data", (piece: string) => {
    text += piece;
  });
  return {
    stream: columns === undefined ? stream : Object.assign(stream, { isTTY: true, columns }),
    text: () => text,
  };
}

/** For `connectRuntime`: secrets are not asked for, and the test keeps its own signals. */
export const UNWATCHED = { keep: (): void => undefined, yieldInterrupts: (): void => undefined };
