import type { Command } from "commander";
import { readDay } from "./read-day.ts";
import { readMoney } from "./read-money.ts";
import { readInteger } from "./read-number.ts";

/** Flags of the evals, beside those of every command. */
export interface EvalFlags {
  readonly prompt?: readonly string[];
  readonly cutoff?: string;
  readonly limit?: number;
  readonly concurrency?: number;
  readonly budgetUsd?: number;
  readonly html?: string;
  readonly save?: string;
  readonly compare?: readonly string[];
  readonly list?: boolean;
}

/** On the command that starts the evals and on the program that runs them. */
export function withEvalFlags(command: Command): Command {
  return command
    .argument("[suite...]", "only these (default: all)")
    .option("--prompt <agent=version>", "examine that version of a prompt; once for each agent", collect)
    .option("--cutoff <day>", "last day of what the model was trained on", readDay("--cutoff"))
    .option("--limit <samples>", "at most so many per suite, chosen by the seed", readInteger("--limit"))
    .option("--concurrency <number>", "samples at once (default: 1)", readInteger("--concurrency"))
    .option("--budget-usd <amount>", "what models may cost altogether", readMoney("--budget-usd"))
    .option("--html <file>", "write a page that compares them, e.g. evals.html")
    .option("--save <file>", "write the results as JSON, for --compare")
    .option("--compare <file>", "show earlier results beside these; may be repeated", collect)
    .option("--list", "list the suites and run none");
}

/** For a flag that may be given more than once. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
