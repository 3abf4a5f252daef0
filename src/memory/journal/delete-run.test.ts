import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { sampleBeginning } from "../../../tests/support/sample-beginning.ts";
import { watched } from "../../../tests/support/watched-records.ts";
import { runIdAt } from "../../domain/run/run-id.ts";
import type { Partition, RecordStore } from "../records/record-store.ts";
import { sqliteRecords } from "../records/sqlite-records.ts";
import { type RunJournal, runJournal } from "./run-journal.ts";
import type { RunLog } from "./run-log.ts";

const folder = mkdtempSync(join(tmpdir(), "finagent-deletion-"));
const thread = { kind: "thread", id: "t" };
let now = Date.UTC(2026, 10, 21, 7, 45);
const clock = { now: () => now };
let count = 0;
let records: RecordStore;
let journal: RunJournal;
/** Done once, just before a partition of this kind is written next. */
let meanwhile: { readonly kind: string; work(): Promise<unknown> } | undefined;

beforeEach(() => {
  const inner = sqliteRecords(join(folder, `${(count += 1)}.db`), clock);
  const { store } = watched(inner);
  meanwhile = undefined;
  const write = async (...batch: Parameters<RecordStore["write"]>): Promise<boolean> => {
    const now = meanwhile?.kind === batch[0].kind ? meanwhile : undefined;
    if (now !== undefined) meanwhile = undefined;
    await now?.work();
    return inner.write(...batch);
  };
  records = { ...store, write };
  journal = journalOn(records);
});

afterAll(() => rmSync(folder, { recursive: true }));

function journalOn(store: RecordStore): RunJournal {
  return runJournal({ records: () => Promise.resolve(store), clock, secrets: [] });
}

async function begun(): Promise<RunLog> {
  now += 1000;
  const { base: _base, ...run } = sampleBeginning(runIdAt(now, "0123456789ab"));
  return journal.begin({ ...run, checkpointed: true });
}

async function ended(log: RunLog): Promise<string> {
  await checkpoint(log.run.id);
  await log.reported({ answer: "It rose.", runId: log.run.id });
  journal.ended(log.run.id);
  return log.run.id;
}

const checkpoint = async (id: string): Promise<unknown> =>
  records.write(thread, { put: [{ key: `c//${id}`, value: Buffer.from("{}") }] });

const keysOf = async (partition: Partition): Promise<string[]> => records.keys(partition, { prefix: "" });

async function everything(): Promise<string[]> {
  const kinds = ["run", "thread", "artifact"];
  const ids = await Promise.all(kinds.map(async (kind) => records.partitions(kind)));
  return ids.flatMap((some, k) => some.map((id) => `${kinds[k]} ${id}`));
}

describe("a deleted run", () => {
  it("takes its thread along when it was the last one on it, and leaves nothing", async () => {
    const [first, second] = [await ended(await begun()), await ended(await begun())];
    await journal.archive.delete(first);
    expect(await keysOf(thread)).toEqual([`c//${first}`, `c//${second}`, "run"]);
    await journal.archive.delete(second);
    expect(await everything()).toEqual([]);
  });

  it("has its thread for itself until it is gone", async () => {
    const id = await ended(await begun());
    const refused: unknown[] = [];
    meanwhile = {
      kind: "thread",
      work: async () => begun().catch((error: unknown) => refused.push(error)),
    };
    await journal.archive.delete(id);
    expect(refused).toEqual([expect.objectContaining({ code: "THREAD_BUSY" })]);
    expect(await everything()).toEqual([]);
  });

  it("is not taken up by another process meanwhile", async () => {
    const log = await begun();
    await log.failed(new Error("away"), false);
    journal.ended(log.run.id);
    const other = journalOn(records);
    meanwhile = { kind: "run", work: async () => other.resume(log.run.id) };
    await expect(journal.archive.delete(log.run.id)).rejects.toMatchObject({ code: "BAD_ARGUMENT" });
    expect(await keysOf(thread)).toEqual(["run"]);
  });

  it("is still there to be deleted again where the process ends in between", async () => {
    const id = await ended(await begun());
    meanwhile = { kind: "thread", work: async () => Promise.reject(new Error("killed")) };
    await expect(journal.archive.delete(id)).rejects.toThrow("killed");
    expect(await everything()).toHaveLength(3);
    await journal.archive.delete(id);
    expect(await everything()).toEqual([]);
  });
});

describe("a run on a thread", () => {
  it("begins at the checkpoint that another one ended with in between", async () => {
    meanwhile = { kind: "thread", work: async () => checkpoint("later") };
    const { run } = await begun();
    expect(run.base).toBe("later");
    expect((await journal.archive.show(run.id)).run.base).toBe("later");
  });

  it("that cannot be taken up, as another one has just begun there, waits as before", async () => {
    const log = await begun();
    await log.failed(new Error("away"), false);
    journal.ended(log.run.id);
    meanwhile = { kind: "run", work: begun };
    await expect(journal.resume(log.run.id)).rejects.toMatchObject({ code: "THREAD_BUSY" });
    expect((await journal.archive.show(log.run.id)).run.status).toBe("interrupted");
  });
});
