import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { sampleBeginning } from "../../../tests/support/sample-beginning.ts";
import { watched } from "../../../tests/support/watched-records.ts";
import { FinAgentError } from "../../domain/errors.ts";
import type { RunBeginning } from "../../domain/run/run-header.ts";
import { runIdAt } from "../../domain/run/run-id.ts";
import type { Step } from "../../domain/run/step.ts";
import type { RecordStore } from "../records/record-store.ts";
import { sqliteRecords } from "../records/sqlite-records.ts";
import { processMark } from "./process-mark.ts";
import { keepReport } from "./report-store.ts";
import { type RunJournal, runJournal } from "./run-journal.ts";
import { eventKey, HEADER, runPartition } from "./run-records.ts";

const folder = mkdtempSync(join(tmpdir(), "finagent-journal-"));
const HOUR = 3_600_000;

let now = Date.UTC(2026, 10, 21, 7, 45);
const clock = { now: () => now };
let stores = 0;
let records: RecordStore;
let journal: RunJournal;

beforeEach(() => {
  records = sqliteRecords(join(folder, `${(stores += 1)}.db`), clock);
  journal = journalOn(records);
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The journals of a process; two of them in one process know nothing of each other's runs. */
function journalOn(store: RecordStore): RunJournal {
  return runJournal({ records: () => Promise.resolve(store), clock, secrets: [] });
}

const step = (summary: string): Step => ({
  agent: "data",
  tool: "fetch_market_data",
  ms: 3,
  by: "rules",
  summary,
});

function beginning(fields: Partial<RunBeginning> = {}): RunBeginning {
  now += 1000;
  return { ...sampleBeginning(runIdAt(now, "0123456789ab")), ...fields };
}

/** A run from its beginning to its report. */
async function ran(
  report: unknown = { answer: "AAPL rose." },
  fields: Partial<RunBeginning> = {},
): Promise<string> {
  const log = await journal.begin(beginning(fields));
  log.hear({ type: "step-finished", step: step("done") });
  expect(await log.reported(report)).toBe(null);
  journal.ended(log.run.id);
  return log.run.id;
}

describe("a journal", () => {
  it("has what the run is, what happened in order, and its report", async () => {
    const begun = beginning();
    const log = await journal.begin(begun);
    expect((await journal.archive.show(begun.id)).run.status).toBe("running");
    log.hear({ type: "plan", plan: [] });
    log.hear({
      type: "step-started",
      agent: "data",
      tool: "fetch",
      label: "AAPL",
      input: { symbols: ["AAPL"] },
    });
    log.hear({ type: "token", text: "AAPL" });
    log.hear({ type: "step-finished", step: { ...step("5 bars"), decisions: ["llm", "cache", "llm"] } });
    log.hear({
      type: "model-call",
      agent: "manager",
      model: "m",
      ms: 5,
      inputTokens: 7,
      outputTokens: 2,
      cost: null,
    });
    const decisions = { llm: 2, cache: 1, fallback: 0, rules: 0 };
    const report = { status: "question", decisions, usage: null, data: null, metrics: [1.5, "x"] };
    expect(await log.reported(report)).toBe(null);
    journal.ended(begun.id);

    const kept = await journal.archive.show(begun.id);
    const { report: hash, ...header } = kept.run;
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(header).toEqual({
      ...begun,
      forkedFrom: null,
      minModelShare: null,
      overrides: {},
      clock: null,
      models: {},
      endpoint: null,
      status: "question",
      startedAt: new Date(now).toISOString(),
      endedAt: new Date(now).toISOString(),
      data: null,
      decisions,
      usage: null,
      error: null,
    });
    expect(kept.events.map(({ seq, type }) => [seq, type])).toEqual([
      [1, "started"],
      [2, "plan"],
      [3, "step-started"],
      [4, "step-finished"],
      [5, "model-call"],
      [6, "finished"],
    ]);
    expect(kept.events[2]).toMatchObject({ input: { symbols: ["AAPL"] } });
    expect(kept.events[3]).toMatchObject({ step: { by: "rules", decisions } });
    expect(kept).toMatchObject({ report, unreadable: 0 });
  });

  it("is written in a few batches, however much is told", async () => {
    const { held, store } = watched(records);
    const log = await journalOn(store).begin(beginning());
    for (let done = 0; done < 5000; done += 1) {
      log.hear({ type: "progress", agent: "backtest", done, total: 5000 });
      if (done % 10 === 0) log.hear({ type: "step-finished", step: step(`step ${done}`) });
      if (done % 1000 === 0) await wait(1);
    }
    await log.reported({});
    // The beginning, what happened, the report and the end.
    expect(held.writes).toBeLessThanOrEqual(5);
    expect((await journal.archive.show(log.run.id)).events).toHaveLength(502);
  });

  it("keeps what happened so far within a moment", async () => {
    const log = await journal.begin(beginning());
    log.hear({ type: "step-finished", step: step("one") });
    await wait(120);
    expect((await journal.archive.show(log.run.id)).events).toHaveLength(2);
  });

  it("tells how a run failed, and that one was stopped", async () => {
    const log = await journal.begin(beginning());
    const error = new FinAgentError("DATA_INVALID", "Line 3 is no price.", { hint: "Correct it." });
    await log.failed(error, false);
    expect((await journal.archive.show(log.run.id)).run).toMatchObject({
      status: "failed",
      error: "DATA_INVALID: Line 3 is no price.",
    });
    const other = await journal.begin(beginning());
    await other.failed(new Error("aborted"), true);
    expect(await journal.archive.list({ limit: 1 })).toMatchObject([{ status: "interrupted", error: null }]);
  });

  it("does not begin where the store cannot be written", async () => {
    const { held, store } = watched(records);
    held.failing = 1;
    await expect(journalOn(store).begin(beginning())).rejects.toMatchObject({ code: "STORE_UNREACHABLE" });
  });

  it("is whole where the store was away for a while, and says so where it stays away", async () => {
    const { held, store } = watched(records);
    const log = await journalOn(store).begin(beginning());
    held.failing = 1;
    log.hear({ type: "step-finished", step: step("one") });
    await wait(80);
    expect(held.failing).toBe(0);
    log.hear({ type: "step-finished", step: step("two") });
    expect(await log.reported({})).toBe(null);
    expect((await journal.archive.show(log.run.id)).events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);

    const other = await journalOn(store).begin(beginning());
    held.failing = 99;
    expect(await other.reported({})).toBe("The Redis is away.");
  });
});

describe("after a crash", () => {
  const kept = async (id: string): Promise<Record<string, unknown>> => {
    const [value] = await records.get(runPartition(id), [HEADER]);
    return JSON.parse(Buffer.from(value ?? []).toString("utf8")) as Record<string, unknown>;
  };
  const put = async (id: string, key: string, text: string): Promise<unknown> =>
    records.write(runPartition(id), { put: [{ key, value: Buffer.from(text) }] });
  const status = async (id: string): Promise<string> =>
    (await journalOn(records).archive.show(id)).run.status;

  it("a run is interrupted whose process has ended, and under way while it is there", async () => {
    const { id } = (await journal.begin(beginning())).run;
    const writtenBy = async (writer: object): Promise<string> => {
      await put(id, HEADER, JSON.stringify({ ...(await kept(id)), writer }));
      return status(id);
    };
    const host = hostname();
    // Of this process: the journal that began it knows better than any other.
    expect(await status(id)).toBe("interrupted");
    expect((await journal.archive.show(id)).run.status).toBe("running");
    const gone = spawnSync(process.execPath, ["--version"]).pid;
    expect(await writtenBy({ host, pid: gone, mark: null })).toBe("interrupted");
    const parent = { host, pid: process.ppid };
    expect(await writtenBy({ ...parent, mark: processMark(process.ppid) })).toBe("running");
    // Its number was given to another process.
    expect(await writtenBy({ ...parent, mark: "an earlier boot/1" })).toBe("interrupted");
    // A process elsewhere cannot be looked for.
    expect(await writtenBy({ host: "elsewhere", pid: 1, mark: null })).toBe("running");
    now += HOUR;
    expect(await status(id)).toBe("interrupted");
  });

  it("what was torn is left out when read, and repaired when the run goes on", async () => {
    const log = await journal.begin(beginning());
    log.hear({ type: "step-finished", step: step("one") });
    log.hear({ type: "step-finished", step: step("two") });
    await wait(80);
    await put(log.run.id, eventKey(3), '{"seq":3,"at":"2026-1');
    const after = journalOn(records);
    const read = async () => after.archive.show(log.run.id);
    expect(await read()).toMatchObject({ unreadable: 1, events: [{ seq: 1 }, { seq: 2 }] });

    const again = await after.resume(log.run.id);
    await again.reported({});
    after.ended(log.run.id);
    const { unreadable, events, run } = await read();
    expect({ unreadable, status: run.status }).toEqual({ unreadable: 0, status: "done" });
    expect(events.map(({ type }) => type)).toEqual(["started", "step-finished", "resumed", "finished"]);
  });

  it("a header that cannot be read costs no other run", async () => {
    const id = await ran();
    await put(id, HEADER, "{");
    await ran();
    expect(await journal.archive.list({ limit: 9 })).toMatchObject([
      { status: "done" },
      {
        id,
        status: "interrupted",
        tool: "unknown",
        startedAt: expect.stringMatching(/^2026-11-21T/) as string,
      },
    ]);
  });

  it("only one of two takes a run up, and none one that is under way or has ended", async () => {
    const { id } = (await journal.begin(beginning())).run;
    await expect(journal.resume(id)).rejects.toThrow("is under way and cannot be resumed");
    const [one, other] = [journalOn(records), journalOn(records)];
    const both = await Promise.allSettled([one.resume(id), other.resume(id)]);
    expect(both.map((each) => each.status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(journal.resume(await ran())).rejects.toThrow("has ended (done)");
  });
});

describe("the runs that are kept", () => {
  it("are listed newest first, by status, as many as are wanted", async () => {
    const ids: string[] = [];
    for (let i = 0; i < 120; i += 1) ids.unshift(await ran(i === 3 ? { status: "question" } : {}));
    const listed = await journal.archive.list({ limit: 110 });
    expect(listed.map(({ id }) => id)).toEqual(ids.slice(0, 110));
    expect(await journal.archive.list({ limit: 5, status: "question" })).toMatchObject([{ id: ids.at(-4) }]);
  });

  it("are found by what only their id begins with, and by latest", async () => {
    await expect(journal.archive.show("latest")).rejects.toThrow("No run has been kept yet.");
    const [first, second] = [await ran(), await ran()];
    expect((await journal.archive.show("latest")).run.id).toBe(second);
    expect((await journal.archive.show(first.slice(0, 15))).run.id).toBe(first);
    await expect(journal.archive.show("2026")).rejects.toMatchObject({
      code: "BAD_ARGUMENT",
      hint: `Write more of it: ${first}, ${second}`,
    });
    for (const id of ["2027", ""]) {
      await expect(journal.archive.show(id)).rejects.toMatchObject({ code: "UNKNOWN_RUN" });
    }
  });

  it("are deleted with their report, and with reports that no run names once they are an hour old", async () => {
    const [first, second] = [await ran({ same: 1 }), await ran({ same: 1 })];
    const third = await ran({ other: 2 });
    const orphan = await keepReport(records, clock, '{"lost":1}');
    const artifacts = async (): Promise<number> => (await records.partitions("artifact")).length;
    expect(await artifacts()).toBe(3);
    // Another run names the same report, and the orphan may be about to be named.
    await journal.archive.delete(first);
    expect(await artifacts()).toBe(3);
    expect((await journal.archive.show(second)).report).toEqual({ same: 1 });
    await journal.archive.delete(third);
    expect(await records.partitions("artifact")).toContain(orphan);
    expect(await artifacts()).toBe(2);
    now += HOUR;
    await journal.archive.delete(second);
    expect(await artifacts()).toBe(0);
    expect(await journal.archive.list({ limit: 9 })).toEqual([]);
  });

  it("are not deleted while they are under way", async () => {
    const log = await journal.begin(beginning());
    await expect(journal.archive.delete(log.run.id)).rejects.toThrow("is under way and cannot be deleted");
  });

  it("have no report where what was kept is not what it was", async () => {
    const id = await ran();
    const [hash = ""] = await records.partitions("artifact");
    await records.write({ kind: "artifact", id: hash }, { put: [{ key: "body", value: Buffer.from("x") }] });
    expect((await journal.archive.show(id)).report).toBe(null);
  });
});
