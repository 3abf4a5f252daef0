import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Embeddings } from "@langchain/core/embeddings";
import { InMemoryStore, type BaseStore, type Operation } from "@langchain/langgraph-checkpoint";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { compass, longTermStoreContract } from "../../../tests/contract/long-term-store.ts";
import { clearRedis, redisPrefix } from "../../../tests/support/redis-prefix.ts";
import type { RecordStore } from "../records/record-store.ts";
import { redisRecords } from "../records/redis-records.ts";
import { sqliteRecords } from "../records/sqlite-records.ts";
import { itemKey } from "./item-record.ts";
import { namespacePartition } from "./namespace.ts";
import { RecordStoreMemory } from "./record-store-memory.ts";

const clock = { now: () => Date.now() };

longTermStoreContract("in memory", async (index) => ({
  store: new InMemoryStore(index === undefined ? {} : { index }),
  close: async () => undefined,
}));

longTermStoreContract("embedded", async (index) => {
  const home = mkdtempSync(join(tmpdir(), "finagent-memory-"));
  const records = sqliteRecords(join(home, "records.db"), clock);
  return {
    store: memoryOver(records, index),
    close: async () => {
      await records.close();
      rmSync(home, { recursive: true });
    },
  };
});

longTermStoreContract("Redis", async (index) => {
  const [url, prefix] = [inject("redisUrl"), redisPrefix()];
  const records = await redisRecords({ url, prefix });
  return {
    store: memoryOver(records, index),
    close: async () => {
      await records.close();
      await clearRedis(url, prefix);
    },
  };
});

function memoryOver(records: RecordStore, index?: typeof compass): RecordStoreMemory {
  return new RecordStoreMemory({
    records: () => Promise.resolve(records),
    clock,
    ...(index === undefined ? {} : { index }),
  });
}

/** The same store, as an object whose methods can be replaced. */
function passingOn(records: RecordStore): RecordStore {
  return {
    get: (partition, keys) => records.get(partition, keys),
    range: (partition, range) => records.range(partition, range),
    keys: (partition, range) => records.keys(partition, range),
    write: (partition, batch) => records.write(partition, batch),
    drop: (partition) => records.drop(partition),
    partitions: (kind, range) => records.partitions(kind, range),
    close: () => records.close(),
  };
}

describe("beyond the contract", () => {
  const home = mkdtempSync(join(tmpdir(), "finagent-memory-"));
  let records: RecordStore;
  let store: RecordStoreMemory;
  /** Records that were read since it was emptied. */
  const read: string[] = [];

  beforeAll(() => {
    records = sqliteRecords(join(home, "records.db"), clock);
    const watched: RecordStore = {
      ...passingOn(records),
      range: async (partition, range) => {
        const entries = await records.range(partition, range);
        read.push(...entries.map(({ key }) => key));
        return entries;
      },
    };
    store = memoryOver(watched);
  });
  afterAll(async () => {
    await records.close();
    rmSync(home, { recursive: true });
  });

  const put = (key: number, value: object): Operation => ({
    namespace: ["many"],
    key: `k${1000 + key}`,
    value,
  });

  it("reads a few items where a few are wanted, however many there are", async () => {
    await store.batch(Array.from({ length: 3000 }, (_, n) => put(n, { n })));
    read.length = 0;
    const found = await store.search(["many"], { limit: 5, offset: 3 });
    expect(found.map(({ key }) => key)).toEqual(["k1003", "k1004", "k1005", "k1006", "k1007"]);
    expect(read.length).toBeLessThanOrEqual(8);
  });

  it("does as the in-memory store does, for any operations", async () => {
    let run = 0;
    const labels = fc.constantFrom("x", "y", "z");
    const path = fc.array(labels, { maxLength: 2 });
    const key = fc.constantFrom("a", "b", "c");
    const operation = fc.oneof(
      { weight: 4, arbitrary: fc.record({ put: path, key, n: fc.nat({ max: 4 }) }) },
      fc.record({ drop: path, key }),
      fc.record({ get: path, key }),
      fc.record({ search: path, least: fc.nat({ max: 4 }) }),
      fc.record({ list: path, maxDepth: fc.integer({ min: 1, max: 3 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: 25 }), async (operations) => {
        const top = `run${run++}`;
        const model = new InMemoryStore();
        const perform = async (on: BaseStore): Promise<unknown[]> => {
          const seen: unknown[] = [];
          for (const one of operations) {
            if ("put" in one) await on.put([top, ...one.put], one.key, { n: one.n });
            else if ("drop" in one) await on.delete([top, ...one.drop], one.key);
            else if ("get" in one) seen.push((await on.get([top, ...one.get], one.key))?.value ?? null);
            else if ("search" in one) {
              const found = await on.search([top, ...one.search], {
                filter: { n: { $gte: one.least } },
                limit: 99,
              });
              seen.push(found.map((item) => [...item.namespace, item.key, item.value["n"]].join(" ")).sort());
            } else if (operations.every((other) => !("drop" in other))) {
              // The in-memory store goes on to list a namespace that has become empty.
              const options = { prefix: [top, ...one.list], maxDepth: 1 + one.maxDepth };
              seen.push((await on.listNamespaces(options)).map((namespace) => namespace.join(" ")).sort());
            }
          }
          return seen;
        };
        expect(await perform(store)).toEqual(await perform(model));
      }),
      { numRuns: 40 },
    );
  });

  it("keeps ['a'] and ['ab'] apart, and forgets a namespace with its last item", async () => {
    await store.put(["apart"], "k", { n: 1 });
    await store.put(["apartment"], "k", { n: 2 });
    expect(await store.search(["apart"])).toHaveLength(1);
    await store.delete(["apart"], "k");
    expect(await store.listNamespaces({ prefix: ["apart"] })).toEqual([]);
    expect(await store.listNamespaces({ prefix: ["apartment"] })).toEqual([["apartment"]]);
  });

  it("finds by keywords without a model: scores of Lucene's formula, worked out by hand", async () => {
    const namespace = ["words"];
    await store.put(namespace, "a", { text: "Apfel Birne" });
    await store.put(namespace, "b", { text: "APFEL, apfel-Kirsche" });
    await store.put(namespace, "c", { text: "Dattel" });
    await store.put(namespace, "d", { text: "Apfel" }, false);
    const found = await store.search(namespace, { query: "apfel" });
    // N 3, n 2: idf ln(1 + 1.5 / 2.5); lengths 2, 3, 1.
    expect(found.map(({ key }) => key)).toEqual(["b", "a"]);
    expect(found[0]?.score).toBeCloseTo(0.4700036 * (2 / 3.65), 6);
    expect(found[1]?.score).toBeCloseTo(0.4700036 / 2.2, 6);
    expect(await store.search(namespace, { query: "apfel kirsche", limit: 1 })).toMatchObject([{ key: "b" }]);
    expect(await store.search(namespace, { query: "Birne Dattel", offset: 1 })).toMatchObject([{ key: "a" }]);
    expect(await store.search(namespace, { query: "text" })).toEqual([]);
  });

  it("scores by what passes the filter alone", async () => {
    const namespace = ["filtered"];
    await store.put(namespace, "a", { t: 1, text: "gold rises" });
    await store.put(namespace, "b", { t: 1, text: "silver" });
    const search = { query: "gold", filter: { t: { $lte: 1 } } };
    const before = await store.search(namespace, search);
    await store.put(namespace, "c", { t: 2, text: "gold gold gold and so on" });
    expect(await store.search(namespace, search)).toEqual(before);
  });

  it("loses no item of several writers of a namespace", async () => {
    const own = sqliteRecords(join(home, "records.db"), clock);
    const other = memoryOver(own);
    await Promise.all(
      Array.from({ length: 40 }, async (_, n) =>
        (n % 2 ? store : other).put(["shared"], `k${n % 10}`, { n }),
      ),
    );
    await own.close();
    expect(await store.search(["shared"], { limit: 99 })).toHaveLength(10);
  });

  it("looks again where another was faster: the first time that an item was put stays", async () => {
    const at = (now: number, over: RecordStore): RecordStoreMemory =>
      new RecordStoreMemory({ records: () => Promise.resolve(over), clock: { now: () => now } });
    let overtaken = false;
    const late: RecordStore = {
      ...passingOn(records),
      get: async (partition, keys) => {
        const values = await records.get(partition, keys);
        if (!overtaken) await at(1000, records).put(["race"], "k", { by: "the faster" });
        overtaken = true;
        return values;
      },
    };
    await at(2000, late).put(["race"], "k", { by: "the slower" });
    const item = await store.get(["race"], "k");
    expect(item?.value).toEqual({ by: "the slower" });
    expect([item?.createdAt.getTime(), item?.updatedAt.getTime()]).toEqual([1000, 2000]);
  });

  it("passes over a damaged item in a search, refuses to read it, and lets it be put again", async () => {
    await store.put(["damaged"], "a", { n: 1 });
    await store.put(["damaged"], "b", { n: 2 });
    const put = [{ key: itemKey("a"), value: Buffer.from('{"value":') }];
    await records.write(namespacePartition(["damaged"]), { put });
    expect((await store.search(["damaged"])).map(({ key }) => key)).toEqual(["b"]);
    expect(await store.range(["damaged"], {})).toMatchObject({ corrupt: ["a"], items: [{ key: "b" }] });
    await expect(store.get(["damaged"], "a")).rejects.toMatchObject({ code: "STORE_CORRUPT" });
    await store.put(["damaged"], "a", { n: 3 });
    expect((await store.get(["damaged"], "a"))?.value).toEqual({ n: 3 });
  });

  it("refuses what would not come back: no number, an unknown operator, a namespace put around the check", async () => {
    await expect(store.put(["bad"], "k", { deep: [{ x: NaN }] })).rejects.toMatchObject({
      code: "BAD_ARGUMENT",
    });
    const found = store.search(["many"], { filter: { n: { $regex: "1" } } });
    await expect(found).rejects.toThrow(/operator \$regex/);
    const value = { n: 1 };
    await expect(store.batch([{ namespace: ["a.b"], key: "k", value }])).rejects.toThrow(/period/);
  });

  it("says so where vectors are of another model", async () => {
    const before = memoryOver(records, compass);
    await before.put(["models"], "k", { where: "east" });
    const embeddings = compass.embeddings;
    const wide = memoryOver(records, { dims: 3, embeddings });
    await expect(wide.put(["models"], "j", { where: "east" })).rejects.toMatchObject({ code: "BAD_CONFIG" });
    class Wide extends Embeddings {
      override embedQuery = (): Promise<number[]> => Promise.resolve([1, 0, 0]);
      override embedDocuments = (): Promise<number[][]> => Promise.resolve([[1, 0, 0]]);
    }
    const other = memoryOver(records, { dims: 3, embeddings: new Wide({}) });
    const search = other.search(["models"], { query: "east" });
    await expect(search).rejects.toThrow(/vectors of 2 numbers, and the index is for 3/);
  });
});
