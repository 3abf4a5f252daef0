import type { Runtime } from "../runtime.ts";
import type { AskFlags } from "./commands/ask.ts";
import type { BacktestFlags } from "./commands/backtest.ts";
import type { ChatFlags } from "./commands/chat.ts";
import type { CompareFlags } from "./commands/compare.ts";
import type { DataCheckFlags } from "./commands/data-check.ts";
import type { PipelineFlags } from "./commands/pipeline.ts";
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
import type { GlobalFlags, ServerFlags } from "./flags/global-flags.ts";
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
  doctor(flags: GlobalFlags): Promise<void>;
  serve(flags: ServeFlags): Promise<void>;
  studio(flags: StudioFlags): Promise<void>;
}

export type Connect = (flags: GlobalFlags & ServerFlags & StrategyFlags) => Promise<Runtime>;

/** The commands, each loaded when it is called. `done` takes the exit status. */
export function loadCommands(connect: Connect, io: Io, done: (status: number) => void): Commands {
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
    studio: async (flags) => {
      const { studio } = await import("./commands/studio.ts");
      done(await studio(flags, io));
    },
  };
}
