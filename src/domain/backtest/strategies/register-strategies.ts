import { FinAgentError } from "../../errors.ts";
import type { Strategy } from "../strategy.ts";
import { STRATEGIES } from "./strategies.ts";

/** A list of strategies, or a map from what callers call them. */
export type OwnStrategies = Iterable<Strategy | readonly [string, Strategy]>;

/** `agents` means the policies of the agents. */
const TAKEN: ReadonlySet<string> = new Set([...STRATEGIES.map(({ name }) => name), "agents"]);

/**
 * A program's own strategies by what callers call them: their names, unless a map says otherwise.
 * @throws FinAgentError BAD_ARGUMENT where a name cannot be used, is a built-in strategy's, or another's
 */
export function registerStrategies(strategies: OwnStrategies): ReadonlyMap<string, Strategy> {
  const registered = new Map<string, Strategy>();
  for (const entry of strategies) {
    const [called, strategy] = "name" in entry ? [entry.name, entry] : entry;
    requireFreeName(strategy.name);
    if (registered.has(called)) throw refused(called, "is used twice");
    registered.set(called, strategy);
  }
  return registered;
}

/** @throws FinAgentError BAD_ARGUMENT where a strategy of one's own cannot be called that */
export function requireFreeName(name: string): void {
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name) || name.length > 64) {
    throw refused(name, "is not words of small letters and digits joined by hyphens, 64 characters at most");
  }
  if (TAKEN.has(name)) throw refused(name, "belongs to a built-in strategy");
}

function refused(name: string, why: string): FinAgentError {
  return new FinAgentError("BAD_ARGUMENT", `The strategy name ${JSON.stringify(name)} ${why}.`, {
    hint: 'Give your strategy a `name` of its own, e.g. "my-rule".',
    details: { strategy: name },
  });
}
