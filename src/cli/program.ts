import { Command, Option } from "commander";
import manifest from "../../package.json" with { type: "json" };
import { OPTIMIZE_METRICS } from "../domain/optimize/metric-names.ts";
import { DECIDING_AGENTS } from "../domain/prompt/deciding-agents.ts";
import { COST_GROUPS } from "../domain/cost/cost-groups.ts";
import { SCORE_FIELDS } from "../domain/backtest/sweep/score.ts";
import { withEvalFlags } from "./flags/eval-flags.ts";
import { readDay } from "./flags/read-day.ts";
import { readModels } from "./flags/read-models.ts";
import { readGrid } from "./flags/read-grid.ts";
import { readFigure, readFraction, readInteger } from "./flags/read-number.ts";
import { readParam } from "./flags/read-param.ts";
import { readScenarios } from "./flags/read-scenarios.ts";
import { readSide, type Side } from "./flags/read-side.ts";
import { readSymbols } from "./flags/read-symbols.ts";
import { readWeights } from "./flags/read-weights.ts";
import { withBudget } from "./flags/with-budget.ts";
import { withRiskFreeRate, withSettings } from "./flags/with-settings.ts";
import * as help from "./help.ts";
import { addPrompts } from "./prompts-commands.ts";
import { addRuns } from "./runs-commands.ts";
import type { Commands } from "./load-commands.ts";
import type { Terminal } from "./terminal/terminal.ts";

/**
 * The surface: commands, flags and their help. Each command's code is loaded when it is called, so that help
 * and mistakes are answered at once.
 */
export function createProgram(commands: Commands, out: Terminal): Command {
  const program = withGlobalFlags(new Command("finagent"))
    .description("Ask about markets, and run strategies with a team of agents.")
    .version(manifest.version, "-V, --version", "Print the version")
    .helpOption("-h, --help", "Print help; also after a command")
    .helpCommand("help [command]", "Print help for a command")
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError()
    .addHelpText("after", help.PROGRAM)
    // Set before the commands are made: they inherit it.
    .exitOverride()
    .configureOutput({
      writeOut: (text) => out.write(text),
      getOutHelpWidth: () => out.width,
      // Whoever parses tells the error.
      outputError: () => {},
    });

  withBudget(program.command("ask"))
    .description("Answer one request in words; the answer streams as it is made.")
    .argument("<request...>", "what you want to know")
    .option("--thread <id>", "continue that conversation")
    .addHelpText("after", help.ASK)
    .action((request: string[], _flags: unknown, command: Command) =>
      commands.ask({ ...command.optsWithGlobals(), request: request.join(" ") }),
    );

  withBudget(program.command("chat"))
    .description("Hold a conversation; from a pipe, one request per line.")
    .option("--thread <id>", "continue that conversation")
    .addHelpText("after", help.CHAT)
    .action((_flags: unknown, command: Command) => commands.chat(command.optsWithGlobals()));

  withBudget(withReport(withRiskFreeRate(withSettings(withPeriod(program.command("pipeline"))))))
    .description("Let the agents decide at every rebalance date of a period, and backtest what they did.")
    .option("--rebalance <bars>", "bars between decisions", readInteger("--rebalance"))
    .addOption(
      new Option("--agents <mind>", "policies, or the model asked at each decision").choices([
        "rules",
        "llm",
      ]),
    )
    .option("--max-weight <fraction>", "most of one name, e.g. 0.2 or 20%", readFraction("--max-weight"))
    .option("--min-cash <fraction>", "least cash", readFraction("--min-cash"))
    .option("--long-only", "no short positions")
    .option("--risk-target <fraction>", "annual volatility to stay below", readFraction("--risk-target"))
    .addHelpText("after", help.PIPELINE)
    .action((_flags: unknown, command: Command) => commands.pipeline(command.optsWithGlobals()));

  withReport(withRiskFreeRate(withSettings(withPeriod(program.command("backtest")))))
    .description("Backtest a strategy: one by name, or one of your own.")
    .option("--strategy <name>", 'e.g. sma-cross, or a file; "finagent strategies" lists them')
    .option("--param <name=value>", "a parameter of the strategy; once for each", readParam("--param"))
    .option("--prove", "test for look-ahead, costs, delays, luck and overfitting")
    .addHelpText("after", help.BACKTEST)
    .action((_flags: unknown, command: Command) => commands.backtest(command.optsWithGlobals()));

  withRiskFreeRate(withSettings(withPeriod(program.command("sweep"))))
    .description("Backtest a strategy with every combination of some parameters' values.")
    .option("--strategy <name>", 'e.g. sma-cross, or a file; "finagent strategies" lists them')
    .option("--grid <name=values...>", "a range fast=5:60:5 or a list fast=5,10,20", readGrid("--grid"))
    .option("--param <name=value>", "a parameter that is the same in all", readParam("--param"))
    .addOption(new Option("--metric <name>", "what to rank by (default: sharpe)").choices(SCORE_FIELDS))
    .option("--top <number>", "how many of the best to list (default: 10)", readInteger("--top"))
    .option("--threads <number>", "default: as many as the machine runs at once", readInteger("--threads"))
    .option("--fresh", "compute all anew instead of going on from an earlier run")
    .option("--report <file>", "write the heat map and the tables, one HTML file, e.g. out.html")
    .addHelpText("after", help.SWEEP)
    .action((_flags: unknown, command: Command) => commands.sweep(command.optsWithGlobals()));

  withBudget(withRiskFreeRate(withSettings(withPeriod(program.command("optimize"), "all that can be held"))))
    .description("Rewrite an agent's prompt, and promote a rewrite only where unseen data confirm it.")
    .addOption(new Option("--agent <name>", "default: the agent that costs most").choices(DECIDING_AGENTS))
    .addOption(new Option("--metric <name>", "what to improve (default: sharpe)").choices(OPTIMIZE_METRICS))
    .option("--target <number>", "where the search may end; a drawdown is negative", readFigure("--target"))
    .option("--budget <number>", "candidates that may be tried (default: 12)", readInteger("--budget"))
    .option(
      "--folds <number>",
      "of a training and a validation span (default: up to 4)",
      readInteger("--folds"),
    )
    .option("--max-weight <fraction>", "most of one name, e.g. 0.2 or 20%", readFraction("--max-weight"))
    .option("--min-cash <fraction>", "least cash", readFraction("--min-cash"))
    .option("--long-only", "no short positions")
    .option("--dry-run", "judge, but promote nothing")
    .option("--report <file>", "write trials, folds and intervals, one HTML file, e.g. out.html")
    .addHelpText("after", help.OPTIMIZE)
    .action((_flags: unknown, command: Command) => commands.optimize(command.optsWithGlobals()));

  withSettings(withPeriod(program.command("stress")))
    .description("Run a strategy or a portfolio through crises and on simulated paths.")
    .option("--strategy <name>", "e.g. sma-cross; or else --weights")
    .option("--param <name=value>", "a parameter of the strategy; once for each", readParam("--param"))
    .option("--weights <list>", "a portfolio to hold, e.g. AAPL=0.5,MSFT=0.3", readWeights("--weights"))
    .option("--scenario <names>", "names, all, or e.g. drop=-0.3,bars=20,volatility=2", readScenarios)
    .option("--simulate <models>", "block-bootstrap, garch, … or all", readModels("--simulate"))
    .option("--paths <number>", "simulated paths per model (default: 500)", readInteger("--paths"))
    .addHelpText("after", help.STRESS)
    .action((_flags: unknown, command: Command) => commands.stress(command.optsWithGlobals()));

  withRiskFreeRate(withSettings(withPeriod(program.command("compare"))))
    .description("Test whether one of two strategies is better than the other.")
    .argument("<A>", "e.g. sma-cross:fast=10,slow=30", readSide("A"))
    .argument("<B>", "e.g. buy-and-hold, or a file", readSide("B"))
    .addHelpText("after", help.COMPARE)
    .action((a: Side, b: Side, _flags: unknown, command: Command) =>
      commands.compare({ ...command.optsWithGlobals(), a, b, strategies: [a.strategy, b.strategy] }),
    );

  program
    .command("strategies")
    .description("List the strategies with their parameters.")
    .argument("[strategy]", "only this one: a name, or the path of a file")
    .addHelpText("after", help.STRATEGIES)
    .action((strategy: string | undefined, _flags: unknown, command: Command) =>
      commands.strategies({ ...command.optsWithGlobals(), ...(strategy === undefined ? {} : { strategy }) }),
    );

  const data = program.command("data").description("See what the data source offers, and check it.");
  data
    .command("list")
    .description("List the symbols of the data source.")
    .addHelpText("after", help.DATA_LIST)
    .action((_flags: unknown, command: Command) => commands.dataList(command.optsWithGlobals()));
  data
    .command("check")
    .description("Read every bar and report what is wrong, with file and line.")
    .option("--symbols <list>", "only these, e.g. AAPL,MSFT", readSymbols("--symbols"))
    .addHelpText("after", help.DATA_CHECK)
    .action((_flags: unknown, command: Command) => commands.dataCheck(command.optsWithGlobals()));

  addRuns(program, commands);
  addPrompts(program, commands);

  program
    .command("costs")
    .description("Say what calls of models have cost, and what the budgets leave.")
    .addOption(new Option("--by <what>", "a row for each (default: day)").choices(COST_GROUPS))
    .option("--limit <number>", "how many rows at most (default: 50)", readInteger("--limit"))
    .addHelpText("after", help.COSTS)
    .action((_flags: unknown, command: Command) => commands.costs(command.optsWithGlobals()));

  withEvalFlags(program.command("eval"))
    .description("Examine a model: what it reads, does, says and refuses.")
    .addHelpText("after", help.EVAL)
    .action(() => commands.evaluate());

  program
    .command("doctor")
    .description("Say what is configured and whether it works.")
    .addHelpText("after", help.DOCTOR)
    .action((_flags: unknown, command: Command) => commands.doctor(command.optsWithGlobals()));

  withBudget(program.command("serve"))
    .description("Serve the same over HTTP.")
    .option("--port <number>", "0 takes any free one (default: 9000)", readInteger("--port"))
    .option("--host <address>", "beyond loopback a token is needed (default: 127.0.0.1)")
    .addHelpText("after", help.SERVE)
    .action((_flags: unknown, command: Command) => commands.serve(command.optsWithGlobals()));

  program
    .command("studio")
    .description("Start the LangGraph dev server that Studio connects to.")
    .option("--port <number>", "port of the dev server (default: 2024)", readInteger("--port"))
    .addHelpText("after", help.STUDIO)
    .action((_flags: unknown, command: Command) => commands.studio(command.optsWithGlobals()));

  return program;
}

function withGlobalFlags(command: Command): Command {
  return command
    .option("--data <source>", "simulated, or csv:FOLDER with a file per symbol")
    .option("--as-of <day>", "look at nothing later than this day", readDay("--as-of"))
    .option("--model <name>", "offline, or openai:NAME")
    .option("--home <folder>", "where FinAgent keeps its files")
    .option("--seed <number>", "of everything that is drawn at random", readInteger("--seed"))
    .option("--json", "print one JSON document and nothing else")
    .option("--quiet", "print no progress")
    .option("--debug", "print the stack of an error");
}

function withReport(command: Command): Command {
  return command.option("--report <file>", "write a tear sheet with charts, one HTML file, e.g. out.html");
}

function withPeriod(command: Command, without = "the only one there is"): Command {
  return command
    .option("--symbols <list>", `e.g. AAPL,MSFT (default: ${without})`, readSymbols("--symbols"))
    .option("--from <day>", "first day, YYYY-MM-DD", readDay("--from"))
    .option("--to <day>", "last day, YYYY-MM-DD", readDay("--to"));
}
