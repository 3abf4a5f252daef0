import { STRATEGIES } from "../../domain/backtest/strategies/strategies.ts";
import type { Runtime } from "../../runtime.ts";
import { backtestStrategyTool } from "../../tools/backtest-strategy.ts";
import { defaultSymbols } from "../default-symbols.ts";
import { badFlag } from "../flags/bad-flag.ts";
import { given } from "../flags/given.ts";
import type { GlobalFlags } from "../flags/global-flags.ts";
import type { Params } from "../flags/read-param.ts";
import { SETTINGS_FLAG_OF_FIELD, settingsOf, type SettingsFlags } from "../flags/settings-flags.ts";
import type { Io } from "../io.ts";
import { perform } from "../perform.ts";
import { describeRun } from "../report/describe-run.ts";
import { statusOfRun } from "../run-status.ts";
import { type ReportFlag, tearSheetFile } from "../tear-sheet-file.ts";
import { writeBlocks, writeJson } from "../write-output.ts";

export interface BacktestFlags extends GlobalFlags, SettingsFlags, ReportFlag {
  readonly strategy?: string;
  readonly param?: Params;
  readonly symbols?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly prove?: boolean;
}

const FLAG_OF_FIELD = {
  strategy: "--strategy",
  params: "--param",
  symbols: "--symbols",
  from: "--from",
  to: "--to",
  asOf: "--as-of",
  ...SETTINGS_FLAG_OF_FIELD,
} as const;

/** `finagent backtest`: a named strategy over a period. */
export async function backtest(runtime: Runtime, flags: BacktestFlags, io: Io): Promise<number> {
  const started = performance.now();
  const calling = { command: "backtest", flags, io, flagOf: FLAG_OF_FIELD };
  const { strategy, param = {}, from, to } = flags;
  if (strategy === undefined) {
    const names = STRATEGIES.map(({ name }) => name).join(", ");
    throw badFlag(
      "--strategy",
      "say which strategy to test.",
      `There are ${names} and agents; "finagent strategies" tells more. Or give the path of a file of your own.`,
    );
  }
  const writeSheet = await tearSheetFile(flags, io);
  const report = await perform(
    runtime,
    backtestStrategyTool,
    {
      strategy,
      params: { ...param },
      symbols: [...(flags.symbols ?? (await defaultSymbols(runtime, calling)))],
      ...given({ from, to }),
      settings: settingsOf(flags),
      ...(flags.report === undefined ? {} : { detail: true }),
      prove: flags.prove === true,
    },
    calling,
  );
  await writeSheet(report);
  if (flags.json === true) writeJson(io.out, report);
  else writeBlocks(io.out, describeRun(report, performance.now() - started, io.out.width));
  return statusOfRun(report);
}
