import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import * as fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Batch, KeyRange, Partition, RecordStore } from "../../src/memory/records/record-store.ts";
import type { RecordsPlace } from "../../src/memory/records/open-records.ts";

/** Records that begin empty, in one place. */
export interface RecordsUnderTest {
  readonly place: RecordsPlace;
  /** A store over the same records, as another process has it. */
  open(): Promise<RecordStore>;
  /** Lets time go by for what expires. */
  pass(ms: number): Promise<void>;
  remove(): Promise<void>;
}

const run = promisify(execFile);
const COUNTER = new URL("../support/count-in-records.ts", import.meta.url).pathname;

const bytes = (text: string): Uint8Array => Buffer.from(text);
const plain = (value: Uint8Array | null): string | null =>
  value === null ? null : Buffer.from(value).toString();
const put = (entries: Readonly<Record<string, string>>): Batch => ({
  put: Object.entries(entries).map(([key, value]) => ({ key, value: bytes(value) })),
});

let count = 0;
const fresh = (kind = "thread"): Partition => ({ kind, id: `p${count++}` });

/** Characters around every place where the order of bytes and that of UTF-16 part, and few, so that keys collide. */
const TEXT = fc.string({
  unit: fc.constantFrom(
    "a",
    "b",
    "~",
    "\0",
    "é",
    "\u{d7ff}",
    "\u{e000}",
    "\u{ff01}",
    "\u{1f600}",
    "\u{10ffff}",
  ),
  maxLength: 3,
});

const byBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

/** What a range means, said in another way. */
function chosen(keys: Iterable<string>, { prefix, after, reverse = false, limit }: KeyRange): string[] {
  const all = Array.from(keys)
    .filter((key) => key.startsWith(prefix))
    .sort(byBytes);
  const ordered = reverse ? all.reverse() : all;
  const beyond = ordered.filter((key) => {
    if (after === undefined) return true;
    return reverse ? byBytes(key, after) < 0 : byBytes(key, after) > 0;
  });
  return beyond.slice(0, limit ?? beyond.length);
}

const RANGE: fc.Arbitrary<KeyRange> = fc.record(
  { prefix: TEXT, after: TEXT, reverse: fc.boolean(), limit: fc.nat(4) },
  { requiredKeys: ["prefix"] },
);

/** What every record store keeps. */
export function recordStoreContract(name: string, make: () => Promise<RecordsUnderTest>): void {
  describe(`record store contract: ${name}`, () => {
    let subject: RecordsUnderTest;
    let store: RecordStore;
    const others: RecordStore[] = [];
    const another = async (): Promise<RecordStore> => {
      const other = await subject.open();
      others.push(other);
      return other;
    };

    beforeAll(async () => {
      subject = await make();
      store = await subject.open();
    });
    afterEach(async () => {
      await Promise.all(others.splice(0).map((other) => other.close()));
    });
    afterAll(async () => {
      await store.close();
      await subject.remove();
    });

    const read = async (at: Partition, ...keys: string[]): Promise<(string | null)[]> =>
      (await store.get(at, keys)).map(plain);

    it("gives back what was put, in the order that was asked for, and null for the rest", async () => {
      const at = fresh();
      expect(await read(at, "a")).toEqual([null]);
      expect(await store.write(at, put({ a: "1", b: "2" }))).toBe(true);
      expect(await store.write(at, { ...put({ a: "3" }), delete: ["b", "none"] })).toBe(true);
      expect(await read(at, "b", "a", "c", "a")).toEqual([null, "3", null, "3"]);
      expect(await store.get(at, [])).toEqual([]);
    });

    it("puts a key that is deleted too, and the later of two puts", async () => {
      const at = fresh();
      const twice = ["1", "2"].map((value) => ({ key: "a", value: bytes(value) }));
      await store.write(at, { put: twice, delete: ["a"] });
      expect(await read(at, "a")).toEqual(["2"]);
      expect(await store.keys(at, { prefix: "" })).toEqual(["a"]);
    });

    it("keeps partitions apart, whatever their names", async () => {
      const ids = ["x", "x}", "{x}", "x}:values", "x}:keys", "x:values", "é\0", "X"];
      const places = ids.flatMap((id) => [
        { kind: "thread", id },
        { kind: "thread-x", id },
      ]);
      await Promise.all(places.map((at, i) => store.write(at, put({ k: String(i) }))));
      const values = await Promise.all(places.map((at) => read(at, "k")));
      expect(values).toEqual(places.map((_, i) => [String(i)]));
      await Promise.all(places.map((at) => store.drop(at)));
    });

    it("keeps any bytes, a megabyte of them and none", async () => {
      const at = fresh();
      const values = [randomBytes(1_000_000), Buffer.alloc(0), Buffer.from([0, 13, 10, 255, 128])];
      await store.write(at, { put: values.map((value, i) => ({ key: String(i), value })) });
      const held = await store.get(at, ["0", "1", "2"]);
      expect(held.map((value, i) => value !== null && values[i]?.equals(value))).toEqual([true, true, true]);
      const whole = { expect: values.map((value, i) => ({ key: String(i), value })) };
      expect(await store.write(at, whole)).toBe(true);
    });

    it("gives ranges in the order of the keys' bytes", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(TEXT, { maxLength: 12 }),
          fc.array(RANGE, { maxLength: 8 }),
          async (keys, ranges) => {
            const at = fresh();
            await store.write(at, { put: keys.map((key) => ({ key, value: bytes(`=${key}`) })) });
            for (const range of ranges) {
              const wanted = chosen(keys, range);
              expect(await store.keys(at, range)).toEqual(wanted);
              const entries = await store.range(at, range);
              expect(entries.map(({ key, value }) => [key, plain(value)])).toEqual(
                wanted.map((key) => [key, `=${key}`]),
              );
            }
            await store.drop(at);
          },
        ),
        { numRuns: 60 },
      );
    });

    it("gives a range of thousands at once", async () => {
      const at = fresh();
      const keys = Array.from({ length: 2500 }, (_, i) => String(i).padStart(5, "0"));
      await store.write(at, { put: keys.map((key) => ({ key, value: bytes(key) })) });
      const entries = await store.range(at, { prefix: "" });
      expect(entries.map(({ value }) => plain(value))).toEqual(keys);
    });

    it("does with any batches what a plain map does", async () => {
      const key = fc.constantFrom("a", "b", "c");
      const value = fc.constantFrom("", "1", "2");
      const batch = fc.record({
        put: fc.array(fc.record({ key, value }), { maxLength: 2 }),
        gone: fc.array(key, { maxLength: 2 }),
        expected: fc.array(fc.record({ key, value: fc.option(value) }), { maxLength: 1 }),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(batch, { maxLength: 8 }), async (batches) => {
          const at = fresh();
          const model = new Map<string, string>();
          for (const { put: puts, gone, expected } of batches) {
            const holds = expected.every((one) => (model.get(one.key) ?? null) === one.value);
            if (holds) {
              for (const one of gone) model.delete(one);
              for (const one of puts) model.set(one.key, one.value);
            }
            const written = await store.write(at, {
              put: puts.map((one) => ({ key: one.key, value: bytes(one.value) })),
              delete: gone,
              expect: expected.map((one) => ({
                key: one.key,
                value: one.value === null ? null : bytes(one.value),
              })),
            });
            expect(written).toBe(holds);
            const entries = await store.range(at, { prefix: "" });
            expect(entries.map((entry) => [entry.key, plain(entry.value)])).toEqual(
              Array.from(model).sort(([one], [other]) => byBytes(one, other)),
            );
            const listed = await store.partitions("thread", { prefix: at.id, limit: 1 });
            expect(listed.includes(at.id)).toBe(model.size > 0);
          }
          await store.drop(at);
        }),
        { numRuns: 60 },
      );
    });

    it("lets exactly one of many win who expect the same, and writes nothing of the others", async () => {
      const at = fresh();
      const stores = await Promise.all([another(), another(), another()]);
      for (const round of [0, 1, 2]) {
        const before = round === 0 ? null : bytes(String(round - 1));
        const wins = await Promise.all(
          Array.from({ length: 12 }, (_, i) =>
            (stores[i % 3] ?? store).write(at, {
              ...put({ v: String(round), [`by-${round}-${i}`]: "" }),
              expect: [{ key: "v", value: before }],
            }),
          ),
        );
        expect(wins.filter(Boolean)).toHaveLength(1);
        const by = await store.keys(at, { prefix: `by-${round}-` });
        expect(by).toEqual([`by-${round}-${wins.indexOf(true)}`]);
      }
    });

    it("loses no count of several processes", async () => {
      const at = fresh("count");
      const call = JSON.stringify({ place: subject.place, at, times: 25 });
      await Promise.all([1, 2].map(() => run(process.execPath, [COUNTER, call])));
      expect(await read(at, "count")).toEqual(["50"]);
    });

    it("ends a partition as a whole when it expires", async () => {
      const [at, other] = [fresh("expiring"), fresh("expiring")];
      await store.write(at, { ...put({ a: "1" }), expireAfterMs: 60_000 });
      await store.write(other, put({ a: "1" }));
      await store.write(at, { ...put({ b: "2" }), expireAfterMs: 60 });
      await store.write(at, put({ c: "3" }));
      expect(await store.keys(at, { prefix: "" })).toEqual(["a", "b", "c"]);
      await subject.pass(61);
      expect(await read(at, "a", "b", "c")).toEqual([null, null, null]);
      expect(await store.keys(at, { prefix: "" })).toEqual([]);
      expect(await store.range(at, { prefix: "" })).toEqual([]);
      expect(await store.partitions("expiring")).toEqual([other.id]);
      // One of the same name begins anew.
      expect(await store.write(at, { ...put({ d: "4" }), expect: [{ key: "a", value: null }] })).toBe(true);
      await subject.pass(61);
      expect(await store.keys(at, { prefix: "" })).toEqual(["d"]);
    });

    it("forgets an expiry where it is told so, and with the last record", async () => {
      const [kept, anew] = [fresh(), fresh()];
      for (const at of [kept, anew]) await store.write(at, { ...put({ a: "1" }), expireAfterMs: 30 });
      await store.write(kept, { expireAfterMs: null });
      await store.write(anew, { delete: ["a"] });
      await store.write(anew, put({ a: "2" }));
      await subject.pass(40);
      for (const [at, value] of [
        [kept, "1"],
        [anew, "2"],
      ] as const) {
        const entries = await store.range(at, { prefix: "" });
        expect(entries.map((entry) => plain(entry.value))).toEqual([value]);
      }
    });

    it("lists the ids of a kind that are there", async () => {
      const ids = ["2026-b", "2026-a", "2025", "\u{1f600}", "\u{ff01}", "gone", "empty"];
      for (const id of ids) await store.write({ kind: "listed", id }, put({ k: "" }));
      await store.drop({ kind: "listed", id: "gone" });
      await store.write({ kind: "listed", id: "empty" }, { delete: ["k"] });
      expect(await store.partitions("listed")).toEqual(["2025", "2026-a", "2026-b", "\u{ff01}", "\u{1f600}"]);
      expect(await store.partitions("listed", { prefix: "2026-" })).toEqual(["2026-a", "2026-b"]);
      expect(await store.partitions("listed", { prefix: "2", reverse: true, limit: 2 })).toEqual([
        "2026-b",
        "2026-a",
      ]);
      expect(await store.partitions("listed", { prefix: "", after: "2026-a", limit: 2 })).toEqual([
        "2026-b",
        "\u{ff01}",
      ]);
      expect(await store.partitions("listed", { prefix: "", after: "2026-a", reverse: true })).toEqual([
        "2025",
      ]);
      expect(await store.partitions("listed", { prefix: "", limit: 0 })).toEqual([]);
      expect(await store.partitions("unheard-of")).toEqual([]);
    });

    it("drops all of a partition, and one that is not there", async () => {
      const at = fresh();
      await store.write(at, { ...put({ a: "1", b: "2" }), expireAfterMs: 60_000 });
      await store.drop(at);
      await store.drop(at);
      expect(await store.keys(at, { prefix: "" })).toEqual([]);
      await store.write(at, put({ b: "3" }));
      expect(await store.range(at, { prefix: "" })).toHaveLength(1);
    });

    it.each<[string, (to: RecordStore) => Promise<unknown>]>([
      ["an empty id", (to) => to.get({ kind: "thread", id: "" }, ["a"])],
      ["a kind that is none", (to) => to.partitions("Thread:x")],
      ["half a character", (to) => to.write(fresh(), put({ "\u{d83d}": "" }))],
      ["a time that is none", (to) => to.write(fresh(), { expireAfterMs: NaN })],
    ])("refuses %s", async (_, call) => {
      await expect(call(store)).rejects.toMatchObject({ code: "BAD_ARGUMENT" });
    });

    it("keeps what it was given when it is closed, and then refuses", async () => {
      const at = fresh();
      const other = await subject.open();
      const writing = other.write(at, put({ a: "1" }));
      await other.close();
      expect(await writing).toBe(true);
      expect(await read(at, "a")).toEqual(["1"]);
      await expect(other.get(at, ["a"])).rejects.toMatchObject({ code: "STORE_UNREACHABLE" });
      await other.close();
    });
  });
}
