import type { Factor } from "../domain/alpha/factor.ts";
import { chosenFactors } from "../domain/alpha/score.ts";
import { alphaPolicySchema } from "../domain/policy/alpha.ts";

/** @throws FinAgentError BAD_ARGUMENT where the alpha agent's policy names a factor that is not registered */
export function refuseUnknownFactors(
  agent: string,
  policy: unknown,
  factors: ReadonlyMap<string, Factor>,
): void {
  // Whether the rest of it fits is for the store to say.
  const parsed = agent === "alpha" ? alphaPolicySchema.safeParse(policy) : undefined;
  if (parsed?.success === true) chosenFactors(parsed.data, factors);
}
