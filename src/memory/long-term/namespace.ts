import { InvalidNamespaceError } from "@langchain/langgraph-checkpoint";
import type { Partition } from "../records/record-store.ts";

/** Kind of the partitions that hold items: one for each namespace, so that an empty namespace is none. */
export const MEMORY = "memory";

/**
 * What BaseStore allows as a namespace; its own check is made in `put` alone, and a graph's store goes around that.
 * @throws InvalidNamespaceError
 */
export function checkNamespace(namespace: readonly unknown[]): void {
  if (namespace.length === 0) throw new InvalidNamespaceError("Namespace cannot be empty.");
  for (const label of namespace) {
    const shown = `"${String(label)}" in [${namespace.map(String).join(", ")}]`;
    if (typeof label !== "string") throw invalid(`has a label that is no text: ${shown}`);
    if (label === "") throw invalid(`has an empty label: [${namespace.map(String).join(", ")}]`);
    if (label.includes(".")) throw invalid(`has a label with a period ('.'): ${shown}`);
  }
  if (namespace[0] === "langgraph") throw invalid('has the root label "langgraph", which is reserved');
}

function invalid(what: string): InvalidNamespaceError {
  return new InvalidNamespaceError(`The namespace ${what}.`);
}

/** Each label ends in a period, so that ["a"] is no beginning of ["ab"]. */
export function namespacePrefix(labels: readonly string[]): string {
  return labels.map((label) => `${label}.`).join("");
}

export function namespacePartition(namespace: readonly string[]): Partition {
  return { kind: MEMORY, id: namespacePrefix(namespace) };
}

export function namespaceOf(id: string): string[] {
  return id.split(".").slice(0, -1);
}
