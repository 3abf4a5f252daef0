import { STRATEGIES } from "../../domain/backtest/strategies/strategies.ts";
import type { ScoreField } from "../../domain/backtest/sweep/score.ts";
import type { Runtime } from "../../runtime.ts";
import { sweepStrategyTool } from "../../tools/sweep-strategy.ts";
import { defaultSymbols } from "../default-symbols.ts";
import { badFlag } from "../flags/bad-flag.ts";
import { given } from "../flags/given.ts";
import type { GlobalFlags } from "../flags/global-flags.ts";
import type { GridTexts } from "../flags/read-grid.ts";
import type { Params } from "../flags/read-param.ts";
import { SETTINGS_FLAG_OF_FIELD, settingsOf, type SettingsFlags } from "../flags/settings-flags.ts";
import type { Io } from "../io.ts";
import { pageFile } from "../page-file.ts";
import { perform } from "../perform.ts";
import { describeSweep } from "../report/describe-sweep.ts";
import { writeBlocks, writeJson } from "../write-output.ts";

export interface SweepFlags extends GlobalFlags, SettingsFlags {
  readonly strategy?: string;
  readonly grid?: GridTexts;
  readonly param?: Params;
  readonly symbols?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly metric?: ScoreField;
  readonly top?: number;
  readonly threads?: number;
  readonly fresh?: boolean;
  readonly report?: string;
}

const FLAG_OF_FIELD = {
  strategy: "--strategy",
  grid: "--grid",
  params: "--param",
  symbols: "--symbols",
  from: "--from",
  to: "--to",
  asOf: "--as-of",
  metric: "--metric",
  top: "--top",
  threads: "--threads",
  ...SETTINGS_FLAG_OF_FIELD,
} as const;

/** `finagent sweep`: a strategy with every combination of some parameters' values. */
export async function sweep(runtime: Runtime, flags: SweepFlags, io: Io): Promise<number> {
  const started = performance.now();
  const calling = { command: "sweep", flags, io, flagOf: FLAG_OF_FIELD };
  const { strategy, grid, param = {}, from, to, metric, top, threads } = flags;
  if (strategy === undefined) {
    const names = STRATEGIES.map(({ name }) => name).join(", ");
    throw badFlag("--strategy", "say which strategy to sweep.", `There are ${names}, agents, or a file.`);
  }
  if (grid === undefined) {
    throw badFlag(
      "--grid",
      "name parameters and their values.",
      "Write it like --grid fast=5:60:5 slow=20,50.",
    );
  }
  const file = flags.report === undefined ? null : await pageFile("--report", flags.report);
  const report = await perform(
    runtime,
    sweepStrategyTool,
    {
      strategy,
      grid: { ...grid },
      params: { ...param },
      symbols: [...(flags.symbols ?? (await defaultSymbols(runtime, calling)))],
      ...given({ from, to, metric, top, threads }),
      settings: settingsOf(flags),
      fresh: flags.fresh === true,
    },
    calling,
  );
  if (file !== null) {
    // The chart library loads only here.
    const { sweepSheet } = await import("../../report/sweep-sheet.ts");
    await file.write(sweepSheet(report));
    if (flags.quiet !== true) io.err.write(`Report: ${file.path}\n`);
  }
  if (flags.json === true) writeJson(io.out, report);
  else writeBlocks(io.out, describeSweep(report, performance.now() - started, io.out.width));
  return 0;
}
