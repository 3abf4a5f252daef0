import type { DecisionMemory } from "../../domain/ports.ts";
import type { MemoryParts } from "./record-store-memory.ts";

/** The memory of decisions. LangGraph's store, and with it LangChain, is loaded when it is first read or written. */
export function decisions(parts: MemoryParts): DecisionMemory {
  let opened: Promise<DecisionMemory> | undefined;
  const open = (): Promise<DecisionMemory> => (opened ??= load(parts));
  return {
    remember: async (market, entries) => (await open()).remember(market, entries),
    settle: async (market, outcomes) => (await open()).settle(market, outcomes),
    recall: async (market, query) => (await open()).recall(market, query),
  };
}

async function load(parts: MemoryParts): Promise<DecisionMemory> {
  const { RecordStoreMemory } = await import("./record-store-memory.ts");
  const { decisionMemory } = await import("./decision-memory.ts");
  return decisionMemory(new RecordStoreMemory(parts));
}
