import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { recordStoreContract } from "../../../tests/contract/record-store.ts";
import { recordsFile } from "./open-records.ts";
import { sqliteRecords } from "./sqlite-records.ts";

recordStoreContract("embedded", async () => {
  const home = mkdtempSync(join(tmpdir(), "finagent-records-"));
  let ahead = 0;
  const clock = { now: () => Date.now() + ahead };
  return {
    place: { home, redisUrl: undefined, prefix: "finagent" },
    open: async () => sqliteRecords(recordsFile(home), clock),
    pass: async (ms) => {
      ahead += ms;
    },
    remove: async () => rmSync(home, { recursive: true }),
  };
});
