import { dateOfEnd } from "../domain/market/end-of-day.ts";
import type { RunHeader } from "../domain/run/run-header.ts";
import type { Runtime } from "../runtime.ts";
import { showRunTool } from "../tools/show-run.ts";
import type { RunFlags } from "./commands/runs-show.ts";
import { badFlag } from "./flags/bad-flag.ts";
import { given } from "./flags/given.ts";
import type { GlobalFlags } from "./flags/global-flags.ts";
import type { Connect } from "./load-commands.ts";
import { type Calling, perform } from "./perform.ts";

/**
 * A run that was kept, and a runtime with its data, seed, model, day and strategy files where the flags do not say otherwise.
 * @param strategies more of them
 */
export async function connectForRun(
  connect: Connect,
  calling: Calling & { readonly flags: RunFlags },
  strategies: readonly string[] = [],
): Promise<{ readonly run: RunHeader; readonly runtime: Runtime }> {
  const { flags } = calling;
  const archive = await connect(flags);
  const { run } = await perform(archive, showRunTool, { id: flags.id }, calling);
  await archive.close();
  const named = [...strategiesIn(run.input), ...strategies];
  return { run, runtime: await connect({ ...flags, ...settingsOf(run, flags), strategies: named }) };
}

function settingsOf({ source, seed, model, asOf }: RunHeader, flags: GlobalFlags): GlobalFlags {
  return {
    data: flags.data ?? source,
    seed: flags.seed ?? seed,
    model: flags.model ?? model,
    ...given({ asOf: flags.asOf ?? (asOf === null ? undefined : dateOfEnd(Date.parse(asOf))) }),
  };
}

/** The strategies that an input names; those that are files are loaded. */
function strategiesIn(input: unknown): string[] {
  const field = (value: unknown, name: string): unknown =>
    typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  const named = [input, field(input, "a"), field(input, "b")].map((side) => field(side, "strategy"));
  return named.filter((one) => typeof one === "string");
}

/** @throws FinAgentError BAD_ARGUMENT where a flag gives a setting that is the run's own */
export function refuseSettings({ data, asOf, model, seed }: GlobalFlags, what: string): void {
  const given = Object.entries({ "--data": data, "--as-of": asOf, "--model": model, "--seed": seed });
  const [flag] = given.find(([, value]) => value !== undefined) ?? [];
  if (flag === undefined) return;
  throw badFlag(
    flag,
    `${what} has the settings of its run.`,
    "Leave it out; `runs fork --set` changes a run.",
  );
}
