import type { Runtime } from "../../runtime.ts";
import { compareStrategiesTool } from "../../tools/compare-strategies.ts";
import { defaultSymbols } from "../default-symbols.ts";
import { given } from "../flags/given.ts";
import type { GlobalFlags } from "../flags/global-flags.ts";
import type { Side } from "../flags/read-side.ts";
import { SETTINGS_FLAG_OF_FIELD, settingsOf, type SettingsFlags } from "../flags/settings-flags.ts";
import type { Io } from "../io.ts";
import { perform } from "../perform.ts";
import { describeComparison } from "../report/describe-comparison.ts";
import { writeBlocks, writeJson } from "../write-output.ts";

export interface CompareFlags extends GlobalFlags, SettingsFlags {
  readonly a: Side;
  readonly b: Side;
  /** The names of both: those that are files are loaded. */
  readonly strategies: readonly string[];
  readonly symbols?: readonly string[];
  readonly from?: string;
  readonly to?: string;
}

const FLAG_OF_FIELD = {
  a: "A",
  b: "B",
  symbols: "--symbols",
  from: "--from",
  to: "--to",
  asOf: "--as-of",
  ...SETTINGS_FLAG_OF_FIELD,
} as const;

/** `finagent compare A B`: whether one of two strategies is better than the other. */
export async function compare(runtime: Runtime, flags: CompareFlags, io: Io): Promise<number> {
  const started = performance.now();
  const calling = { command: "compare", flags, io, flagOf: FLAG_OF_FIELD };
  const { a, b, from, to } = flags;
  const report = await perform(
    runtime,
    compareStrategiesTool,
    {
      a: { strategy: a.strategy, params: { ...a.params } },
      b: { strategy: b.strategy, params: { ...b.params } },
      symbols: [...(flags.symbols ?? (await defaultSymbols(runtime, calling)))],
      ...given({ from, to }),
      settings: settingsOf(flags),
    },
    calling,
  );
  if (flags.json === true) writeJson(io.out, report);
  else writeBlocks(io.out, describeComparison(report, performance.now() - started));
  return 0;
}
