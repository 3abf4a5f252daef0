import type { Command } from "commander";
import * as help from "./help.ts";
import type { Commands } from "./load-commands.ts";

const AGENT = "manager, data, alpha, risk, portfolio or backtest";
const VERSION = "the beginning of it is enough";

/** `finagent prompts …` */
export function addPrompts(program: Command, commands: Commands): void {
  const prompts = program
    .command("prompts")
    .description("See and change what the agents are told and decide by.");
  prompts
    .command("list")
    .description("List the versions of the agents' prompts, and which are in force.")
    .argument("[agent]", "only this agent's")
    .addHelpText("after", help.PROMPTS_LIST)
    .action((agent: string | undefined, _flags: unknown, command: Command) =>
      commands.promptsList({ ...command.optsWithGlobals(), ...(agent === undefined ? {} : { agent }) }),
    );
  prompts
    .command("show")
    .description("Show a version: instructions, policy, what came of trying it.")
    .argument("<agent>", AGENT)
    .argument("[version]", `default: the one in force; ${VERSION}`)
    .addHelpText("after", help.PROMPTS_SHOW)
    .action((agent: string, version: string | undefined, _flags: unknown, command: Command) =>
      commands.promptsShow({
        ...command.optsWithGlobals(),
        agent,
        ...(version === undefined ? {} : { prompt: version }),
      }),
    );
  prompts
    .command("diff")
    .description("Show what differs between two versions: policy by field, instructions by line.")
    .argument("<agent>", AGENT)
    .argument("<A>", VERSION)
    .argument("[B]", "default: the one in force")
    .addHelpText("after", help.PROMPTS_DIFF)
    .action((agent: string, a: string, b: string | undefined, _flags: unknown, command: Command) =>
      commands.promptsDiff({ ...command.optsWithGlobals(), agent, a, ...(b === undefined ? {} : { b }) }),
    );
  prompts
    .command("promote")
    .description("Put a version in force, by your own decision.")
    .argument("<agent>", AGENT)
    .argument("<version>", VERSION)
    .option("--reason <text>", "why; it is kept")
    .option("--live", "approve it for real money, too")
    .addHelpText("after", help.PROMPTS_PROMOTE)
    .action((agent: string, version: string, _flags: unknown, command: Command) =>
      commands.promptsPromote({ ...command.optsWithGlobals(), agent, prompt: version }),
    );
  prompts
    .command("rollback")
    .description("Undo the last promotion: what it replaced is in force again.")
    .argument("<agent>", AGENT)
    .option("--reason <text>", "why; it is kept")
    .addHelpText("after", help.PROMPTS_ROLLBACK)
    .action((agent: string, _flags: unknown, command: Command) =>
      commands.promptsRollback({ ...command.optsWithGlobals(), agent }),
    );
  prompts
    .command("add")
    .description("Add a version of your own, as a candidate.")
    .argument("<agent>", AGENT)
    .option("--file <file>", 'JSON with instructions, policy or both, as "prompts show --json" prints them')
    .option("--reason <text>", "what it is for; it is kept")
    .addHelpText("after", help.PROMPTS_ADD)
    .action((agent: string, _flags: unknown, command: Command) =>
      commands.promptsAdd({ ...command.optsWithGlobals(), agent }),
    );
}
