/** Heading of the part of an agent's instructions that says in words what its policy does. */
export const POLICY_HEADING = "## How you decide at present";

/** From its heading up to the next one. */
export const POLICY_SECTION = /^## How you decide at present$[^]*?(?=^#|(?![^]))/m;

/** Instructions without what they say of a policy, for one that takes its place. */
export function withoutPolicySection(instructions: string): string {
  return instructions.replace(POLICY_SECTION, "").trim();
}
