import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { examineRecords } from "./examine-records.ts";
import type { RecordStore } from "./record-store.ts";
import { sqliteRecords } from "./sqlite-records.ts";

const run = promisify(execFile);
const FILLER = new URL("../../../tests/support/fill-records.ts", import.meta.url).pathname;
const at = { kind: "run", id: "r" };
const one = { put: [{ key: "a", value: Buffer.from("1") }] };

let home: string;
let file: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "finagent-faults-"));
  file = join(home, "finagent.db");
});

afterEach(() => rmSync(home, { recursive: true }));

const open = (busyMs?: number): RecordStore => sqliteRecords(file, { now: Date.now }, busyMs);

/** Another program's connection to the file. */
function meddle(sql: string): DatabaseSync {
  const other = new DatabaseSync(file);
  other.exec(sql);
  return other;
}

describe("the embedded store", () => {
  it.skipIf(process.platform === "win32")("on a full disk keeps what it answered, and says so", async () => {
    // The largest file that the process may write, in blocks of 512 bytes or of a kilobyte.
    const { stdout } = await run("sh", ["-c", `ulimit -f 2000; "${process.execPath}" "${FILLER}" "${file}"`]);
    const { code, answered, readable } = JSON.parse(stdout) as Record<string, unknown>;
    expect(code).toBe("STORE_FULL");
    expect(answered).toBeGreaterThan(10);
    expect(readable).toBe(2 * Number(answered));
    const store = open();
    const kept = await store.range(at, { prefix: "" });
    expect(kept).toHaveLength(2 * Number(answered));
    expect(kept.every(({ key, value }) => value.every((byte) => byte === Number(key.slice(1)) % 256))).toBe(
      true,
    );
    expect(await store.write(at, one)).toBe(true);
    await store.close();
  });

  it("refuses a file that is no database, is another program's, or is of a later version, and changes none", async () => {
    writeFileSync(file, "no database at all, and longer than a header of a hundred bytes ".repeat(20));
    const before = readFileSync(file);
    expect(open).toThrow(expect.objectContaining({ code: "STORE_CORRUPT" }));
    expect(readFileSync(file).equals(before)).toBe(true);
    rmSync(file);
    meddle("CREATE TABLE theirs (x)").close();
    expect(open).toThrow(expect.objectContaining({ code: "STORE_UNSUITABLE" }));
    rmSync(file);
    await open().close();
    meddle("PRAGMA user_version = 9").close();
    expect(open).toThrow(expect.objectContaining({ code: "STORE_UNSUITABLE", details: { file, format: 9 } }));
  });

  it("says that the place cannot be written", async () => {
    await open().close();
    chmodSync(file, 0o444);
    chmodSync(home, 0o555);
    const root = process.geteuid?.() === 0;
    // Permissions do not bind root.
    if (root) process.seteuid?.(65_534);
    try {
      expect(open).toThrow(expect.objectContaining({ code: "STORE_READ_ONLY" }));
    } finally {
      if (root) process.seteuid?.(0);
      chmodSync(home, 0o755);
    }
    rmSync(file);
    mkdirSync(file);
    expect(open).toThrow(expect.objectContaining({ code: "STORE_UNREACHABLE" }));
  });

  it.skipIf(process.platform === "win32")(
    "answers no write to a file that was deleted or replaced, until it is back",
    async () => {
      const store = open();
      await store.write(at, one);
      const moved = join(home, "moved.db");
      for (const suffix of ["", "-wal", "-shm"]) renameSync(file + suffix, moved + suffix);
      await expect(store.write(at, one)).rejects.toMatchObject({ code: "STORE_UNREACHABLE" });
      await open().close();
      await expect(store.drop(at)).rejects.toMatchObject({ code: "STORE_UNREACHABLE" });
      for (const suffix of ["", "-wal", "-shm"]) renameSync(moved + suffix, file + suffix);
      expect(await store.write(at, one)).toBe(true);
      await store.close();
    },
  );

  it("waits for who has the file, and says so when that takes too long", async () => {
    const store = open(100);
    const other = meddle("BEGIN IMMEDIATE");
    await expect(store.write(at, one)).rejects.toMatchObject({ code: "STORE_BUSY" });
    const waiting = store.write(at, one);
    other.exec("COMMIT");
    expect(await waiting).toBe(true);
    other.close();
    await store.close();
  });

  it("is examined without being made", async () => {
    const place = { home, prefix: "finagent" };
    expect(await examineRecords(place)).toEqual({ place: file, version: null, risks: [] });
    await open().close();
    expect(await examineRecords(place)).toMatchObject({
      version: expect.stringMatching(/^SQLite 3\./) as string,
    });
  });
});
