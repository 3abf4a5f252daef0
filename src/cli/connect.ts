import { FinAgentError } from "../domain/errors.ts";
import type { Runtime } from "../runtime.ts";
import { type BudgetFlags, type GlobalFlags, type ServerFlags, settingsFrom } from "./flags/global-flags.ts";
import { type StrategyFlags, strategyFiles } from "./flags/strategy-files.ts";

type Flags = GlobalFlags & ServerFlags & BudgetFlags;

/** Which flag gives which setting, and what it is called among the flags. */
const FLAG_OF_SETTING: ReadonlyMap<string, readonly [flag: string, name: keyof Flags]> = new Map([
  ["model", ["--model", "model"]],
  ["data", ["--data", "data"]],
  ["asOf", ["--as-of", "asOf"]],
  ["home", ["--home", "home"]],
  ["seed", ["--seed", "seed"]],
  ["server.host", ["--host", "host"]],
  ["server.port", ["--port", "port"]],
  ["budget.perRunUsd", ["--budget-usd", "budgetUsd"]],
]);

interface Around {
  /** Told the secrets among the settings as soon as they are known, so that no error can show one. */
  readonly keep: (secrets: readonly string[]) => void;
  /** Called before code of the user's own runs. */
  readonly yieldInterrupts: () => void;
}

/** The settings and the runtime made from them, with the strategies whose files the flags name. */
export async function connectRuntime(
  flags: Flags & StrategyFlags,
  { keep, yieldInterrupts }: Around,
): Promise<Runtime> {
  const [{ loadConfig }, { secretsOf }] = await Promise.all([
    import("../config.ts"),
    import("../secrets.ts"),
  ]);
  const config = nameSettings(flags, () => loadConfig(settingsFrom(flags)));
  keep(secretsOf(config));
  const { createRuntime, loadStrategy } = await import("../runtime.ts");
  const files = strategyFiles(flags);
  if (files.some((path) => !path.endsWith(".json"))) yieldInterrupts();
  const own = files.map(async (path) => [path, await loadStrategy(path)] as const);
  return createRuntime(config, { strategies: new Map(await Promise.all(own)) });
}

/** A setting that is wrong and came from a flag is told as that flag. */
function nameSettings<T>(flags: Flags, load: () => T): T {
  try {
    return load();
  } catch (error) {
    if (!(error instanceof FinAgentError) || error.code !== "BAD_CONFIG") throw error;
    const field = String(error.details["field"] ?? "");
    const [flag, name] = FLAG_OF_SETTING.get(field) ?? [];
    if (flag === undefined || name === undefined || !Object.hasOwn(flags, name)) throw error;
    const problem = error.message.replace(/^The setting \S+ is wrong: /, "");
    throw new FinAgentError("BAD_ARGUMENT", `${flag}: ${problem}`, {
      hint: '"finagent --help" says what each flag takes.',
      details: { flag },
      cause: error,
    });
  }
}
