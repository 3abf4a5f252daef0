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
  const outcomes = new Set(operations.flat().map(({ outcome }) => outcome));
  outcomes.delete("open");
  // A copy of a thread that another has just deleted.
  outcomes.delete("BAD_ARGUMENT");
  expect(outcomes).toEqual(new Set(["done"]));
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
