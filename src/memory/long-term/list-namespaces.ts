import type { ListNamespacesOperation, MatchCondition } from "@langchain/langgraph-checkpoint";
import type { RecordStore } from "../records/record-store.ts";
import { readNamespaces } from "./item-reader.ts";

/** Namespaces in order that meet all conditions, cut to a depth, each once. */
export async function listNamespaces(
  records: RecordStore,
  { matchConditions = [], maxDepth, limit, offset }: ListNamespacesOperation,
): Promise<string[][]> {
  const end = (offset ?? 0) + (limit ?? Infinity);
  const found: string[][] = [];
  let previous = "";
  for await (const namespace of readNamespaces(records, fixedPrefix(matchConditions))) {
    if (found.length >= end) break;
    if (!matchConditions.every((condition) => matches(condition, namespace))) continue;
    const cut = namespace.slice(0, maxDepth);
    // Namespaces with a beginning in common lie side by side.
    const name = cut.join(".");
    if (name !== previous) found.push(cut);
    previous = name;
  }
  return found.slice(offset ?? 0, end);
}

/** The labels before the first wildcard of a prefix. */
function fixedPrefix(conditions: readonly MatchCondition[]): string[] {
  const path = conditions.find(({ matchType }) => matchType === "prefix")?.path ?? [];
  const wildcard = path.indexOf("*");
  return wildcard < 0 ? [...path] : path.slice(0, wildcard);
}

function matches({ matchType, path }: MatchCondition, namespace: readonly string[]): boolean {
  if (path.length > namespace.length) return false;
  const from = matchType === "prefix" ? 0 : namespace.length - path.length;
  return path.every((label, at) => label === "*" || label === namespace[from + at]);
}
