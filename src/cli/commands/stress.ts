import type { PathModelName } from "../../domain/backtest/stress/models/path-model.ts";
import { STRATEGIES } from "../../domain/backtest/strategies/strategies.ts";
import type { Runtime } from "../../runtime.ts";
import { stressStrategyTool } from "../../tools/stress-strategy.ts";
import { defaultSymbols } from "../default-symbols.ts";
import { badFlag } from "../flags/bad-flag.ts";
import { given } from "../flags/given.ts";
import type { GlobalFlags } from "../flags/global-flags.ts";
import type { Params } from "../flags/read-param.ts";
import type { Weights } from "../flags/read-weights.ts";
import { SETTINGS_FLAG_OF_FIELD, settingsOf, type SettingsFlags } from "../flags/settings-flags.ts";
import type { Io } from "../io.ts";
import { perform } from "../perform.ts";
import { describeStress } from "../report/describe-stress.ts";
import { writeBlocks, writeJson } from "../write-output.ts";

export interface StressFlags extends GlobalFlags, SettingsFlags {
  readonly strategy?: string;
  readonly param?: Params;
  readonly weights?: Weights;
  readonly symbols?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly scenario?: readonly string[];
  readonly simulate?: readonly PathModelName[];
  readonly paths?: number;
}

const FLAG_OF_FIELD = {
  strategy: "--strategy",
  params: "--param",
  weights: "--weights",
  symbols: "--symbols",
  from: "--from",
  to: "--to",
  asOf: "--as-of",
  scenarios: "--scenario",
  models: "--simulate",
  paths: "--paths",
  ...SETTINGS_FLAG_OF_FIELD,
} as const;

/** `finagent stress`: a strategy or a portfolio through crises and on simulated paths. */
export async function stress(runtime: Runtime, flags: StressFlags, io: Io): Promise<number> {
  const started = performance.now();
  const calling = { command: "stress", flags, io, flagOf: FLAG_OF_FIELD };
  const { strategy, weights, from, to, scenario, paths } = flags;
  if (strategy === undefined && weights === undefined) {
    const names = STRATEGIES.map(({ name }) => name).join(", ");
    throw badFlag(
      "--strategy",
      "say what to put under stress.",
      `There are ${names}, agents, or a file; or give --weights AAPL=0.5,MSFT=0.3.`,
    );
  }
  // Paths without a word on how are meant for the plain way.
  const simulate =
    flags.simulate ??
    (paths !== undefined && scenario !== undefined ? ["block-bootstrap" as const] : undefined);
  const symbols =
    weights === undefined ? (flags.symbols ?? (await defaultSymbols(runtime, calling))) : flags.symbols;
  const report = await perform(
    runtime,
    stressStrategyTool,
    {
      ...given({ strategy, weights: weights === undefined ? undefined : { ...weights }, from, to, paths }),
      ...given({ params: flags.param === undefined ? undefined : { ...flags.param } }),
      ...given({ symbols: symbols === undefined ? undefined : [...symbols] }),
      ...given({ scenarios: scenario === undefined ? undefined : [...scenario] }),
      ...given({ models: simulate === undefined ? undefined : [...simulate] }),
      settings: settingsOf(flags),
    },
    calling,
  );
  if (flags.json === true) writeJson(io.out, report);
  else writeBlocks(io.out, describeStress(report, performance.now() - started));
  return 0;
}
