import { FinAgentError } from "../../domain/errors.ts";
import type { Batch, Partition } from "./record-store.ts";

const KIND = /^[a-z][a-z0-9-]*$/;

/** @throws FinAgentError BAD_ARGUMENT where a kind could not be told from an id */
export function checkKind(kind: string): void {
  if (KIND.test(kind)) return;
  throw new FinAgentError("BAD_ARGUMENT", `"${kind}" cannot be a kind of records.`, {
    hint: "Use lower-case letters, digits and hyphens.",
  });
}

/** @throws FinAgentError BAD_ARGUMENT where the name would not come back from a store as it went in */
export function checkPartition({ kind, id }: Partition): void {
  checkKind(kind);
  if (id === "") {
    throw new FinAgentError("BAD_ARGUMENT", `The id of a ${kind} is empty.`, { hint: "Give it a name." });
  }
  checkText(id, `The id of a ${kind}`);
}

/** @throws FinAgentError BAD_ARGUMENT where a key is another one for a store */
export function checkKeys(keys: readonly string[]): void {
  for (const key of keys) checkText(key, "A key");
}

/** @throws FinAgentError BAD_ARGUMENT where a key would not come back as it went in, or a time is not one */
export function checkBatch({ put = [], delete: gone = [], expect = [], expireAfterMs }: Batch): void {
  for (const { key } of put) checkText(key, "A key");
  for (const { key } of expect) checkText(key, "A key");
  checkKeys(gone);
  if (expireAfterMs === undefined || expireAfterMs === null) return;
  if (Number.isSafeInteger(Math.ceil(expireAfterMs)) && expireAfterMs <= LONGEST_MS) return;
  throw new FinAgentError("BAD_ARGUMENT", `Records cannot expire after ${expireAfterMs} ms.`, {
    hint: "Give a number of milliseconds, or null for never.",
  });
}

/** A thousand years. */
const LONGEST_MS = 1000 * 365 * 86_400_000;

function checkText(text: string, what: string): void {
  if (text.isWellFormed()) return;
  throw new FinAgentError("BAD_ARGUMENT", `${what}, ${JSON.stringify(text)}, holds half a character.`, {
    hint: "Give well-formed Unicode: a surrogate needs its other half.",
  });
}
