import { CommanderError } from "commander";
import { asFinAgentError, drawError, errorDocument } from "../src/cli/error-report.ts";
import { Terminal } from "../src/cli/terminal/terminal.ts";
import { writeJson } from "../src/cli/write-output.ts";
import { environmentSecrets } from "../src/config.ts";
import { FinAgentError } from "../src/domain/errors.ts";
import { readEvalCall } from "./support/eval-program.ts";
import { performEvals } from "./support/perform-evals.ts";
import { SUITES } from "./support/suites.ts";

/** The process around the evals: its streams, Ctrl-C and the exit status. */
const argv = process.argv.slice(2);
const out = new Terminal(process.stdout);
const err = new Terminal(process.stderr);
const interruption = new AbortController();

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    if (interruption.signal.aborted) process.exit(130);
    interruption.abort();
  });
}

async function main(): Promise<number> {
  try {
    const call = readEvalCall(argv, out);
    return call === null ? 0 : await performEvals(call, SUITES, { out, err, signal: interruption.signal });
  } catch (cause) {
    if (cause instanceof CommanderError && cause.exitCode === 0) return 0;
    const error = asFinAgentError(cause instanceof CommanderError ? usageError(cause) : cause);
    const secrets = environmentSecrets();
    const debug = argv.includes("--debug");
    if (argv.includes("--json")) writeJson(out, errorDocument(error, secrets));
    if (debug || !argv.includes("--json"))
      err.writeLines(drawError(error, { width: err.width, debug, secrets }));
    return error.exitStatus;
  }
}

function usageError({ message }: CommanderError): FinAgentError {
  const problem = message
    .replace(/^error: /, "")
    .split("\n", 1)
    .join("");
  return new FinAgentError("BAD_ARGUMENT", `${problem.replace(/^./, (first) => first.toUpperCase())}.`, {
    hint: '"npm run eval -- --help" shows what there is.',
  });
}

const status = await main();
process.stdout.write("", () => process.stderr.write("", () => process.exit(status)));
