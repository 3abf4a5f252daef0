import type { Assembled } from "./assemble.ts";
import { canonicalJson } from "./domain/hash.ts";
import type { ToldPrompts } from "./domain/prompt/told-prompt.ts";

/** The product with the versions of the prompts that are in force when it is asked for; put together anew where they changed. */
export function inForce(root: Assembled): () => Promise<Assembled> {
  let kept: { readonly names: string; readonly assembled: Assembled } | undefined;
  return async () => {
    const told = await root.versions.told();
    const names = namesOf(told);
    if (names !== kept?.names) kept = { names, assembled: root.with(told) };
    return kept.assembled;
  };
}

function namesOf(told: ToldPrompts): string {
  return canonicalJson(Object.entries(told).map(([agent, { version }]) => [agent, version]));
}
