#!/usr/bin/env node
import { enableCompileCache } from "node:module";

/** The process around the command line: its streams, Ctrl-C and the exit status. */

// Node keeps what it compiled in the folder for temporary files: the next start takes half the time.
enableCompileCache();
const { runCli } = await import("./run-cli.ts");
const { Terminal } = await import("./terminal/terminal.ts");

const interruption = new AbortController();

function interrupt(): void {
  // Whoever presses it twice does not want to wait.
  if (interruption.signal.aborted) process.exit(130);
  interruption.abort();
}

process.on("SIGINT", interrupt);
process.on("SIGTERM", interrupt);

// The reader of a pipe went away (`| head`): nobody is left to tell.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    process.exit(error.code === "EPIPE" ? 0 : 1);
  });
}

const status = await runCli(process.argv.slice(2), {
  stdin: process.stdin,
  out: new Terminal(process.stdout),
  err: new Terminal(process.stderr),
  signal: interruption.signal,
  interrupt,
  yieldInterrupts: () => {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  },
});

// Exits for good: an aborted run or an open connection must not keep the process. Pipes are emptied first.
process.stdout.write("", () => process.stderr.write("", () => process.exit(status)));
