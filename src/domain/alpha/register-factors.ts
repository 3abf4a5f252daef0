import { FinAgentError } from "../errors.ts";
import { factorNameSchema } from "../policy/alpha.ts";
import type { Factor } from "./factor.ts";
import { FACTORS } from "./factors.ts";

/**
 * A program's own factors by the name that policies use.
 * @throws FinAgentError BAD_ARGUMENT where a factor has no usable name, a built-in one's, or another's
 */
export function registerFactors(factors: readonly Factor[]): ReadonlyMap<string, Factor> {
  const byName = new Map<string, Factor>();
  for (const factor of factors) {
    const { name } = factor;
    if (!factorNameSchema.safeParse(name).success) throw refused(name, "is no name of 1 to 64 characters");
    if (FACTORS.has(name)) throw refused(name, "belongs to a built-in factor");
    if (byName.has(name)) throw refused(name, "is used twice");
    byName.set(name, factor);
  }
  return byName;
}

function refused(name: string, why: string): FinAgentError {
  return new FinAgentError("BAD_ARGUMENT", `The factor name ${JSON.stringify(name)} ${why}.`, {
    hint: "Give each of your factors a `name` of its own; policies refer to it.",
    details: { factor: name },
  });
}
