import type { Runtime } from "../../runtime.ts";
import { runPipelineTool } from "../../tools/run-pipeline.ts";
import { defaultSymbols } from "../default-symbols.ts";
import { given } from "../flags/given.ts";
import type { GlobalFlags } from "../flags/global-flags.ts";
import { SETTINGS_FLAG_OF_FIELD, settingsOf, type SettingsFlags } from "../flags/settings-flags.ts";
import type { Io } from "../io.ts";
import { perform } from "../perform.ts";
import { describeRun } from "../report/describe-run.ts";
import { statusOfRun } from "../run-status.ts";
import { type ReportFlag, tearSheetFile } from "../tear-sheet-file.ts";
import { writeBlocks, writeJson } from "../write-output.ts";

export interface PipelineFlags extends GlobalFlags, SettingsFlags, ReportFlag {
  readonly symbols?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly rebalance?: number;
  readonly agents?: "rules" | "llm";
  readonly maxWeight?: number;
  readonly minCash?: number;
  readonly longOnly?: boolean;
  readonly riskTarget?: number;
}

const FLAG_OF_FIELD = {
  symbols: "--symbols",
  from: "--from",
  to: "--to",
  asOf: "--as-of",
  rebalance: "--rebalance",
  agents: "--agents",
  "constraints.maxWeight": "--max-weight",
  "constraints.minCash": "--min-cash",
  "constraints.longOnly": "--long-only",
  "risk.volatilityTarget": "--risk-target",
  ...SETTINGS_FLAG_OF_FIELD,
} as const;

/** `finagent pipeline`: the agents on fixed edges, rolling through a period. */
export async function pipeline(runtime: Runtime, flags: PipelineFlags, io: Io): Promise<number> {
  const started = performance.now();
  const calling = { command: "pipeline", flags, io, flagOf: FLAG_OF_FIELD };
  const { from, to, rebalance, agents, maxWeight, minCash, longOnly } = flags;
  const writeSheet = await tearSheetFile(flags, io);
  const report = await perform(
    runtime,
    runPipelineTool,
    {
      symbols: [...(flags.symbols ?? (await defaultSymbols(runtime, calling)))],
      ...given({ from, to, rebalance, agents }),
      constraints: given({ maxWeight, minCash, longOnly }),
      risk: given({ volatilityTarget: flags.riskTarget }),
      settings: settingsOf(flags),
      ...(flags.report === undefined ? {} : { detail: true }),
    },
    calling,
  );
  await writeSheet(report);
  if (flags.json === true) writeJson(io.out, report);
  else writeBlocks(io.out, describeRun(report, performance.now() - started, io.out.width));
  return statusOfRun(report);
}
