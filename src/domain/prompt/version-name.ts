import { canonicalJson, contentHash } from "../hash.ts";
import type { BasePrompt } from "./base-prompt.ts";

/** Of a content hash, what goes into a name. */
const HASH_LENGTH = 8;

/**
 * What instructions and a policy are called, in reports and in the store alike: the version of the base prompt where they
 * are its own, else that with + and a content hash of what differs from it. Equal content has an equal name.
 */
export function versionName(
  base: Pick<BasePrompt, "version" | "instructions" | "policy">,
  told: { readonly instructions: string; readonly policy: unknown },
): string {
  const policy = canonicalJson(told.policy);
  const instructions = told.instructions.trim();
  const changed = [
    ...(policy === canonicalJson(base.policy) ? [] : [policy]),
    ...(instructions === base.instructions.trim() ? [] : [instructions]),
  ];
  if (changed.length === 0) return base.version;
  return `${base.version}+${contentHash(changed).slice(0, HASH_LENGTH)}`;
}
