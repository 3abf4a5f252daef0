import type { PromptVersions } from "../../domain/ports.ts";
import { overlayRecords } from "../records/overlay-records.ts";
import type { RecordStore } from "../records/record-store.ts";
import { promptStore, type PromptStoreParts } from "./prompt-store.ts";

/**
 * The versions as a run sees them that decides nothing: what it puts in force stays in the memory of this process. What it
 * has tried is kept all the same: every look at the data counts.
 */
export function whatIfVersions(parts: PromptStoreParts): PromptVersions {
  const kept = promptStore(parts);
  let opened: Promise<RecordStore> | undefined;
  const own = promptStore({ ...parts, records: () => (opened ??= parts.records().then(overlayRecords)) });
  return {
    ...own,
    add: async (draft) => {
      await kept.add(draft);
      return own.add(draft);
    },
    record: async (result) => kept.record(result),
    openHoldout: async (opening) => kept.openHoldout(opening),
  };
}
