import type { Runtime } from "../runtime.ts";
import type { AskFlags } from "./commands/ask.ts";
import type { BacktestFlags } from "./commands/backtest.ts";
import type { ChatFlags } from "./commands/chat.ts";
import type { CompareFlags } from "./commands/compare.ts";
import type { CostsFlags } from "./commands/costs.ts";
import type { DataCheckFlags } from "./commands/data-check.ts";
import type { OptimizeFlags } from "./commands/optimize.ts";
import type { PipelineFlags } from "./commands/pipeline.ts";
import type { PromptsAddFlags } from "./commands/prompts-add.ts";
import type { PromptsDiffFlags } from "./commands/prompts-diff.ts";
import type { PromptsListFlags } from "./commands/prompts-list.ts";
import type { PromptsPromoteFlags } from "./commands/prompts-promote.ts";
import type { PromptsRollbackFlags } from "./commands/prompts-rollback.ts";
import type { PromptsShowFlags } from "./commands/prompts-show.ts";
import type { RunsDiffFlags } from "./commands/runs-diff.ts";
import type { RunsExportFlags } from "./commands/runs-export.ts";
import type { RunsForkFlags } from "./commands/runs-fork.ts";
import type { RunsListFlags } from "./commands/runs-list.ts";
import type { RunFlags } from "./commands/runs-show.ts";
import type { ServeFlags } from "./commands/serve.ts";
import type { StrategiesFlags } from "./commands/strategies.ts";
import type { StressFlags } from "./commands/stress.ts";
import type { StudioFlags } from "./commands/studio.ts";
import type { SweepFlags } from "./commands/sweep.ts";
import type { BudgetFlags, GlobalFlags, ServerFlags } from "./flags/global-flags.ts";
import type { StrategyFlags } from "./flags/strategy-files.ts";
import type { Io } from "./io.ts";
import { LiveArea } from "./progress/live-area.ts";
import { span } from "./terminal/span.ts";

/** What the surface calls, command by command. */
export interface Commands {
  ask(flags: AskFlags): Promise<void>;
  chat(flags: ChatFlags): Promise<void>;
  pipeline(flags: PipelineFlags): Promise<void>;
  backtest(flags: BacktestFlags): Promise<void>;
  optimize(flags: OptimizeFlags): Promise<void>;
  stress(flags: StressFlags): Promise<void>;
  compare(flags: CompareFlags): Promise<void>;
  strategies(flags: StrategiesFlags): Promise<void>;
  sweep(flags: SweepFlags): Promise<void>;
  dataList(flags: GlobalFlags): Promise<void>;
  dataCheck(flags: DataCheckFlags): Promise<void>;
  runsList(flags: RunsListFlags): Promise<void>;
  runsShow(flags: RunFlags): Promise<void>;
  runsResume(flags: RunFlags): Promise<void>;
  runsReplay(flags: RunFlags): Promise<void>;
  runsFork(flags: RunsForkFlags): Promise<void>;
  runsDiff(flags: RunsDiffFlags): Promise<void>;
  runsExport(flags: RunsExportFlags): Promise<void>;
  runsDelete(flags: RunFlags): Promise<void>;
  costs(flags: CostsFlags): Promise<void>;
  promptsAdd(flags: PromptsAddFlags): Promise<void>;
  promptsDiff(flags: PromptsDiffFlags): Promise<void>;
  promptsList(flags: PromptsListFlags): Promise<void>;
  promptsPromote(flags: PromptsPromoteFlags): Promise<void>;
  promptsRollback(flags: PromptsRollbackFlags): Promise<void>;
  promptsShow(flags: PromptsShowFlags): Promise<void>;
  doctor(flags: GlobalFlags): Promise<void>;
  serve(flags: ServeFlags): Promise<void>;
  studio(flags: StudioFlags): Promise<void>;
  evaluate(): Promise<void>;
}

export type Connect = (flags: GlobalFlags & ServerFlags & BudgetFlags & StrategyFlags) => Promise<Runtime>;

/** The commands, each loaded when it is called. `argv` is what was written; `done` takes the exit status. */
export function loadCommands(
  connect: Connect,
  io: Io,
  argv: readonly string[],
  done: (status: number) => void,
): Commands {
  type Run<F> = (runtime: Runtime, flags: F, io: Io) => Promise<number>;
  const connected =
    <F extends GlobalFlags & ServerFlags & StrategyFlags>(load: () => Promise<Run<F>>) =>
    async (flags: F): Promise<void> => {
      const starting = new LiveArea(io.err);
      if (flags.quiet !== true) starting.show([[span("Starting …", "dim")]]);
      const [run, runtime] = await Promise.all([load(), connect(flags)]).finally(() => starting.clear());
      done(await run(runtime, flags, io));
    };
  return {
    ask: connected(async () => (await import("./commands/ask.ts")).ask),
    chat: connected(async () => (await import("./commands/chat.ts")).chat),
    pipeline: connected(async () => (await import("./commands/pipeline.ts")).pipeline),
    backtest: connected(async () => (await import("./commands/backtest.ts")).backtest),
    optimize: connected(async () => (await import("./commands/optimize.ts")).optimize),
    stress: connected(async () => (await import("./commands/stress.ts")).stress),
    compare: connected(async () => (await import("./commands/compare.ts")).compare),
    sweep: connected(async () => (await import("./commands/sweep.ts")).sweep),
    strategies: connected(async () => (await import("./commands/strategies.ts")).strategies),
    dataList: connected(async () => (await import("./commands/data-list.ts")).dataList),
    dataCheck: connected(async () => (await import("./commands/data-check.ts")).dataCheck),
    runsList: connected(async () => (await import("./commands/runs-list.ts")).runsList),
    runsShow: connected(async () => (await import("./commands/runs-show.ts")).runsShow),
    runsExport: connected(async () => (await import("./commands/runs-export.ts")).runsExport),
    runsDelete: connected(async () => (await import("./commands/runs-delete.ts")).runsDelete),
    runsDiff: connected(async () => (await import("./commands/runs-diff.ts")).runsDiff),
    costs: connected(async () => (await import("./commands/costs.ts")).costs),
    promptsAdd: connected(async () => (await import("./commands/prompts-add.ts")).promptsAdd),
    promptsDiff: connected(async () => (await import("./commands/prompts-diff.ts")).promptsDiff),
    promptsList: connected(async () => (await import("./commands/prompts-list.ts")).promptsList),
    promptsPromote: connected(async () => (await import("./commands/prompts-promote.ts")).promptsPromote),
    promptsRollback: connected(async () => (await import("./commands/prompts-rollback.ts")).promptsRollback),
    promptsShow: connected(async () => (await import("./commands/prompts-show.ts")).promptsShow),
    serve: connected(async () => (await import("./commands/serve.ts")).serve),
    runsResume: async (flags) => {
      const { runsResume } = await import("./commands/runs-resume.ts");
      done(await runsResume(connect, flags, io));
    },
    runsReplay: async (flags) => {
      const { runsReplay } = await import("./commands/runs-replay.ts");
      done(await runsReplay(connect, flags, io));
    },
    runsFork: async (flags) => {
      const { runsFork } = await import("./commands/runs-fork.ts");
      done(await runsFork(connect, flags, io));
    },
    doctor: async (flags) => {
      const { doctor } = await import("./commands/doctor.ts");
      done(await doctor(() => connect(flags), flags, io));
    },
    evaluate: async () => {
      const { evaluate } = await import("./commands/eval.ts");
      done(await evaluate(argv.toSpliced(argv.indexOf("eval"), 1), io));
    },
    studio: async (flags) => {
      const { studio } = await import("./commands/studio.ts");
      done(await studio(flags, io));
    },
  };
}
