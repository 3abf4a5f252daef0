import { FinAgentError } from "../domain/errors.ts";
import type { Runtime } from "../runtime.ts";
import { type GlobalFlags, type ServerFlags, settingsFrom } from "./flags/global-flags.ts";
import { type StrategyFlags, strategyFiles } from "./flags/strategy-files.ts";

const FLAG_OF_SETTING = new Map([
  ["model", "--model"],
  ["data", "--data"],
  ["asOf", "--as-of"],
  ["home", "--home"],
  ["seed", "--seed"],
  ["server.host", "--host"],
  ["server.port", "--port"],
]);

interface Around {
  /** Told the secrets among the settings as soon as they are known, so that no error can show one. */
  readonly keep: (secrets: readonly string[]) => void;
  /** Called before code of the user's own runs. */
  readonly yieldInterrupts: () => void;
}

/** The settings and the runtime made from them, with the strategies whose files the flags name. */
export async function connectRuntime(
  flags: GlobalFlags & ServerFlags & StrategyFlags,
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
function nameSettings<T>(flags: GlobalFlags & ServerFlags, load: () => T): T {
  try {
    return load();
  } catch (error) {
    if (!(error instanceof FinAgentError) || error.code !== "BAD_CONFIG") throw error;
    const field = String(error.details["field"] ?? "");
    const flag = FLAG_OF_SETTING.get(field);
    const given = field.split(".").at(-1);
    if (flag === undefined || given === undefined || !Object.hasOwn(flags, given)) throw error;
    const problem = error.message.replace(/^The setting \S+ is wrong: /, "");
    throw new FinAgentError("BAD_ARGUMENT", `${flag}: ${problem}`, {
      hint: '"finagent --help" says what each flag takes.',
      details: { flag },
      cause: error,
    });
  }
}
