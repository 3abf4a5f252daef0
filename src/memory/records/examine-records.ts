import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type RecordsPlace, recordsFile } from "./open-records.ts";

/** What is to be known of the configured store by a person who asks whether all is well. */
export interface RecordsExamination {
  /** Without a password. */
  readonly place: string;
  /** Of the server or of SQLite; null where the file is still to be made. */
  readonly version: string | null;
  /** How it may lose what it was given, each in a sentence with what to do. */
  readonly risks: readonly string[];
}

/**
 * Looks at the store that is configured, and whether it can be written; makes no file.
 * @throws FinAgentError STORE_… where it cannot be used
 */
export async function examineRecords({ home, redisUrl, prefix }: RecordsPlace): Promise<RecordsExamination> {
  if (redisUrl !== undefined) {
    const { examineRedis } = await import("./examine-redis.ts");
    return examineRedis(redisUrl, prefix);
  }
  const place = resolve(recordsFile(home));
  if (!existsSync(place)) return { place, version: null, risks: [] };
  const { examineSqlite } = await import("./sqlite-file.ts");
  return { place, version: `SQLite ${examineSqlite(place)}`, risks: [] };
}
