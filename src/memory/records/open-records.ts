import { join } from "node:path";
import type { Clock } from "../../domain/ports.ts";
import type { RecordStore } from "./record-store.ts";

export interface RecordsPlace {
  readonly home: string;
  readonly redisUrl?: string | undefined;
  /** Of keys in Redis. */
  readonly prefix: string;
}

/** The file of the embedded store. */
export function recordsFile(home: string): string {
  return join(home, "finagent.db");
}

/**
 * The store that is configured: the Redis at `redisUrl`, without it a file in the home folder. Never one in place
 * of the other. Only the driver that is used is loaded.
 * @throws FinAgentError STORE_… where it cannot be reached, written or used
 */
export async function openRecords(options: RecordsPlace & { readonly clock: Clock }): Promise<RecordStore> {
  const { home, redisUrl, prefix, clock } = options;
  if (redisUrl === undefined) {
    const { sqliteRecords } = await import("./sqlite-records.ts");
    return sqliteRecords(recordsFile(home), clock);
  }
  const { redisRecords } = await import("./redis-records.ts");
  return redisRecords({ url: redisUrl, prefix });
}
