import { deltaChannelHistoryTests, specTest } from "@langchain/langgraph-checkpoint-validation";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { clearRedis, redisPrefix } from "../../../tests/support/redis-prefix.ts";
import { testHome } from "../../../tests/support/test-config.ts";
import { openRecords } from "../records/open-records.ts";
import { RecordSaver } from "./record-saver.ts";
import { THREADS } from "./thread-keys.ts";

// The suite was written for global functions.
Object.assign(globalThis, { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it });

const redisUrl = inject("redisUrl");
const prefix = redisPrefix();
const place = { home: testHome(), prefix, clock: { now: () => Date.now() } };
const drivers = {
  embedded: await openRecords(place),
  Redis: await openRecords({ ...place, redisUrl }),
};

afterAll(async () => {
  await Promise.all(Object.values(drivers).map((records) => records.close()));
  await clearRedis(redisUrl, prefix);
});

for (const [driver, records] of Object.entries(drivers)) {
  const initializer = {
    checkpointerName: `RecordSaver, ${driver}`,
    createCheckpointer: () => new RecordSaver(() => Promise.resolve(records)),
    destroyCheckpointer: async () => {
      for (const id of await records.partitions(THREADS)) await records.drop({ kind: THREADS, id });
    },
  };
  specTest(initializer);
  deltaChannelHistoryTests(initializer);
}
