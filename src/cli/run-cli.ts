import { type Command, CommanderError } from "commander";
import { FinAgentError } from "../domain/errors.ts";
import { connectRuntime } from "./connect.ts";
import { asFinAgentError, drawError, errorDocument } from "./error-report.ts";
import { Interruption } from "./interruption.ts";
import type { Io } from "./io.ts";
import { type Connect, loadCommands } from "./load-commands.ts";
import { createProgram } from "./program.ts";
import { writeJson } from "./write-output.ts";

/** 128 + SIGINT, as shells have it. */
const INTERRUPTED = 130;

/**
 * Runs a command line and returns its exit status; all that goes wrong is told here.
 * @param argv what follows the program's name
 * @param connect makes the runtime; tests give one of their own
 */
export async function runCli(argv: readonly string[], io: Io, connect?: Connect): Promise<number> {
  const secrets: string[] = [];
  const keep = (more: readonly string[]): void => void secrets.push(...more);
  let status = 0;
  const commands = loadCommands(
    connect ?? ((flags) => connectRuntime(flags, { keep, yieldInterrupts: () => io.yieldInterrupts() })),
    io,
    argv,
    (exitStatus) => {
      status = exitStatus;
    },
  );
  const program = createProgram(commands, io.out);
  try {
    if (argv.length === 0) program.outputHelp();
    else await program.parseAsync(argv, { from: "user" });
    return status;
  } catch (cause) {
    if (cause instanceof Interruption) {
      io.err.write(`${cause.message}\n`);
      return INTERRUPTED;
    }
    // A command that only groups others answers with its help.
    if (cause instanceof CommanderError && (cause.exitCode === 0 || cause.code === "commander.help"))
      return 0;
    const error = asFinAgentError(
      cause instanceof CommanderError ? usageError(cause, helpFor(program, argv)) : cause,
    );
    if (argv.includes("--json")) writeJson(io.out, errorDocument(error, secrets));
    const debug = argv.includes("--debug");
    if (debug || !argv.includes("--json")) {
      io.err.writeLines(drawError(error, { width: io.err.width, debug, secrets }));
    }
    return error.exitStatus;
  }
}

/** `error: unknown option '--form'\n(Did you mean --from?)` in our own form. */
function usageError({ message }: CommanderError, help: string): FinAgentError {
  const [problem = "", suggestion] = message.replace(/^error: /, "").split("\n");
  const meant = /^\((.*)\)$/.exec(suggestion ?? "")?.[1];
  const sentence = `${problem.replace(/^./, (first) => first.toUpperCase()).replace(/\.$/, "")}.`;
  return new FinAgentError("BAD_ARGUMENT", sentence, {
    hint: `${meant === undefined ? "" : `${meant} `}"${help}" shows what there is.`,
  });
}

/** The help that fits a command line, e.g. `finagent data check --help`. */
function helpFor(program: Command, argv: readonly string[]): string {
  const path = [program.name()];
  let command = program;
  for (const word of argv) {
    const named = command.commands.find((one) => one.name() === word);
    if (named === undefined) continue;
    path.push(word);
    command = named;
  }
  return `${path.join(" ")} --help`;
}
