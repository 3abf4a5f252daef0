import { join } from "node:path";
import { inject } from "vitest";
import type { RecordStore } from "../../src/memory/records/record-store.ts";
import { redisRecords } from "../../src/memory/records/redis-records.ts";
import { sqliteRecords } from "../../src/memory/records/sqlite-records.ts";
import { clearRedis, redisPrefix } from "./redis-prefix.ts";

interface Opened {
  readonly records: RecordStore;
  readonly remove: () => Promise<void>;
}

/** Both drivers by name, each with how to open it in a home of its own: for contracts that hold on either. */
export const BOTH_STORES: readonly (readonly [name: string, open: (home: string) => Promise<Opened>])[] = [
  [
    "embedded",
    async (home) => ({
      records: sqliteRecords(join(home, "records.db"), { now: () => Date.now() }),
      remove: async () => undefined,
    }),
  ],
  [
    "Redis",
    async () => {
      const [url, prefix] = [inject("redisUrl"), redisPrefix()];
      return { records: await redisRecords({ url, prefix }), remove: () => clearRedis(url, prefix) };
    },
  ],
];
