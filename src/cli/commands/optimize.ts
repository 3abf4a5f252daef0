import type { OptimizeMetric } from "../../domain/optimize/metric-names.ts";
import type { DecidingAgent } from "../../domain/prompt/deciding-agents.ts";
import type { Runtime } from "../../runtime.ts";
import { optimizeAgentPromptsTool } from "../../tools/optimize-agent-prompts.ts";
import { allSymbols } from "../default-symbols.ts";
import { badFlag } from "../flags/bad-flag.ts";
import { given } from "../flags/given.ts";
import type { GlobalFlags } from "../flags/global-flags.ts";
import { SETTINGS_FLAG_OF_FIELD, settingsOf, type SettingsFlags } from "../flags/settings-flags.ts";
import type { Io } from "../io.ts";
import { pageFile } from "../page-file.ts";
import { perform } from "../perform.ts";
import { describeOptimization } from "../report/describe-optimization.ts";
import { writeBlocks, writeJson } from "../write-output.ts";

export interface OptimizeFlags extends GlobalFlags, SettingsFlags {
  readonly agent?: DecidingAgent;
  readonly metric?: OptimizeMetric;
  readonly target?: number;
  readonly budget?: number;
  readonly folds?: number;
  readonly symbols?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly maxWeight?: number;
  readonly minCash?: number;
  readonly longOnly?: boolean;
  readonly dryRun?: boolean;
  readonly report?: string;
}

const FLAG_OF_FIELD = {
  agent: "--agent",
  metric: "--metric",
  target: "--target",
  budget: "--budget",
  folds: "--folds",
  symbols: "--symbols",
  from: "--from",
  to: "--to",
  asOf: "--as-of",
  "constraints.maxWeight": "--max-weight",
  "constraints.minCash": "--min-cash",
  "constraints.longOnly": "--long-only",
  ...SETTINGS_FLAG_OF_FIELD,
} as const;

/** `finagent optimize`: rewrites of an agent's prompt, promoted on evidence alone. */
export async function optimize(runtime: Runtime, flags: OptimizeFlags, io: Io): Promise<number> {
  const started = performance.now();
  const calling = { command: "optimize", flags, io, flagOf: FLAG_OF_FIELD };
  const { agent, metric, target, budget, folds, from, to, maxWeight, minCash, longOnly } = flags;
  if (target === undefined) {
    throw badFlag("--target", "say what the metric is to reach.", "E.g. --metric sharpe --target 1.0.");
  }
  const file = flags.report === undefined ? null : await pageFile("--report", flags.report);
  const report = await perform(
    runtime,
    optimizeAgentPromptsTool,
    {
      ...given({ agent, metric, budget, folds, from, to }),
      target,
      symbols: [...(flags.symbols ?? (await allSymbols(runtime, calling)))],
      constraints: given({ maxWeight, minCash, longOnly }),
      settings: settingsOf(flags),
      dryRun: flags.dryRun === true,
    },
    calling,
  );
  if (file !== null) {
    // The chart library loads only here.
    const { optimizationSheet } = await import("../../report/optimization-sheet.ts");
    await file.write(optimizationSheet(report));
    if (flags.quiet !== true) io.err.write(`Report: ${file.path}\n`);
  }
  if (flags.json === true) writeJson(io.out, report);
  else writeBlocks(io.out, describeOptimization(report, performance.now() - started, io.out.width));
  return 0;
}
