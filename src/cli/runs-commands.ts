import { type Command, Option } from "commander";
import { RUN_STATUSES } from "../domain/run/run-status.ts";
import { withBudget } from "./flags/with-budget.ts";
import { readSet } from "./flags/read-set.ts";
import { readInteger } from "./flags/read-number.ts";
import * as help from "./help.ts";
import type { Commands } from "./load-commands.ts";

const ID = "the beginning of it is enough; latest: the newest";

/** `finagent runs …` */
export function addRuns(program: Command, commands: Commands): void {
  const runs = program.command("runs").description("See what was run before, and how it came out.");
  runs
    .command("list")
    .description("List the runs that were kept, newest first.")
    .option("--limit <number>", "how many at most (default: 20)", readInteger("--limit"))
    .addOption(new Option("--status <status>", "only runs that stand so").choices(RUN_STATUSES))
    .addHelpText("after", help.RUNS_LIST)
    .action((_flags: unknown, command: Command) => commands.runsList(command.optsWithGlobals()));
  runs
    .command("show")
    .description("Show a run: what it was, its steps, and its report.")
    .argument("<id>", ID)
    .addHelpText("after", help.RUNS_SHOW)
    .action((id: string, _flags: unknown, command: Command) =>
      commands.runsShow({ ...command.optsWithGlobals(), id }),
    );
  withBudget(runs.command("resume"))
    .description("Go on with a run that was stopped or has failed, behind its last step.")
    .argument("<id>", ID)
    .addHelpText("after", help.RUNS_RESUME)
    .action((id: string, _flags: unknown, command: Command) =>
      commands.runsResume({ ...command.optsWithGlobals(), id }),
    );
  runs
    .command("replay")
    .description("Run a run once more, without a network, and compare the reports.")
    .argument("<id>", ID)
    .addHelpText("after", help.RUNS_REPLAY)
    .action((id: string, _flags: unknown, command: Command) =>
      commands.runsReplay({ ...command.optsWithGlobals(), id }),
    );
  withBudget(runs.command("fork"))
    .description("Run a run with something changed, and show the difference in decisions and in money.")
    .argument("<id>", ID)
    .option("--at <step>", "the first step of a pipeline to do anew: name or number (default: the first)")
    .option("--set <name=value>", "what to change; once for each", readSet)
    .addHelpText("after", help.RUNS_FORK)
    .action((id: string, _flags: unknown, command: Command) =>
      commands.runsFork({ ...command.optsWithGlobals(), id }),
    );
  runs
    .command("diff")
    .description("Show two runs side by side: what they are, what was decided, and the money.")
    .argument("<A>", ID)
    .argument("<B>", ID)
    .addHelpText("after", help.RUNS_DIFF)
    .action((a: string, b: string, _flags: unknown, command: Command) =>
      commands.runsDiff({ ...command.optsWithGlobals(), a, b }),
    );
  runs
    .command("export")
    .description("Write a run's header, events and report, a JSON document per line.")
    .argument("<id>", ID)
    .option("--out <file>", "e.g. events.jsonl (default: stdout)")
    .addHelpText("after", help.RUNS_EXPORT)
    .action((id: string, _flags: unknown, command: Command) =>
      commands.runsExport({ ...command.optsWithGlobals(), id }),
    );
  runs
    .command("delete")
    .description("Delete a run and its report, and with its last run a conversation.")
    .argument("<id>", ID)
    .addHelpText("after", help.RUNS_DELETE)
    .action((id: string, _flags: unknown, command: Command) =>
      commands.runsDelete({ ...command.optsWithGlobals(), id }),
    );
}
