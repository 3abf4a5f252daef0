import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, inject, it } from "vitest";
import { recordsFile } from "../../src/memory/records/open-records.ts";
import { clearRedis, redisPrefix } from "../support/redis-prefix.ts";
import { runStorm, type Storm } from "../support/storm/run-storm.ts";

/** Few threads, so that the processes meet. */
const SHORT = { processes: 4, threads: 8, seconds: 1 };

function expectAllThere({ operations, findings }: Storm): void {
  expect(findings.faults).toEqual([]);
  expect(findings.owed).toBeGreaterThan(20);
  expect(findings.owedWrites).toBeGreaterThan(5);
  // Who prunes or copies a thread wants it at rest, and is told so where others write it all the time; a copy may come
  // after another process has deleted the thread.
  const allowed = new Set(["done", "open", "prune STORE_BUSY", "copy STORE_BUSY", "copy BAD_ARGUMENT"]);
  const unexpected = operations
    .flat()
    .filter(({ kind, outcome }) => !allowed.has(outcome) && !allowed.has(`${kind} ${outcome}`));
  expect(unexpected).toEqual([]);
}

// `npm run storm` is the same at length.
it("several processes at one file, one of them killed: nothing that was answered is lost, nothing is torn", async () => {
  const home = mkdtempSync(join(tmpdir(), "finagent-storm-"));
  expectAllThere(await runStorm({ home, prefix: "" }, SHORT));
  const database = new DatabaseSync(recordsFile(home));
  expect(database.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
  database.close();
  rmSync(home, { recursive: true });
});

it("several processes at one Redis, one of them killed: nothing that was answered is lost, nothing is torn", async () => {
  const [redisUrl, prefix] = [inject("redisUrl"), redisPrefix()];
  expectAllThere(await runStorm({ home: "", redisUrl, prefix }, SHORT));
  await clearRedis(redisUrl, prefix);
});
