import { Command } from "commander";
import { collect, type EvalFlags, withEvalFlags } from "../../src/cli/flags/eval-flags.ts";
import { readInteger } from "../../src/cli/flags/read-number.ts";
import type { Terminal } from "../../src/cli/terminal/terminal.ts";

/** What the program was called with. */
export interface EvalCall extends EvalFlags {
  readonly suites: readonly string[];
  readonly model?: readonly string[];
  readonly home?: string;
  readonly seed?: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly debug?: boolean;
}

/** The command line of the evals; null where it was help that was asked for. */
export function readEvalCall(argv: readonly string[], out: Terminal): EvalCall | null {
  const program = withEvalFlags(new Command("eval"))
    .description("Examine models: what they read, do, say and refuse.")
    .option("--model <name>", "offline, or openai:NAME; several are shown side by side", collect)
    .option("--home <folder>", "whose prompt versions are in force")
    .option("--seed <number>", "of everything that is drawn at random", readInteger("--seed"))
    .option("--json", "print one JSON document and nothing else")
    .option("--quiet", "print no progress")
    .option("--debug", "print the stack of an error")
    .exitOverride()
    .configureOutput({ writeOut: (text) => out.write(text), outputError: () => {} });
  let suites: readonly string[] | null = null;
  program.action((named: readonly string[]) => {
    suites = named;
  });
  program.parse([...argv], { from: "user" });
  return suites === null ? null : { ...program.opts<Omit<EvalCall, "suites">>(), suites };
}
