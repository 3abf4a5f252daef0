import type { Command } from "commander";
import { readMoney } from "./read-money.ts";

/** For commands that call models. */
export function withBudget(command: Command): Command {
  return command.option(
    "--budget-usd <amount>",
    "the most that a run's calls of models may cost",
    readMoney("--budget-usd"),
  );
}
