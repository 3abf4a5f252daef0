import { Embeddings } from "@langchain/core/embeddings";
import { type BaseStore, type IndexConfig, InvalidNamespaceError } from "@langchain/langgraph-checkpoint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** Texts and where they lie in a plane. */
const PLACES: Readonly<Record<string, [number, number]>> = {
  east: [2, 0],
  "north-east": [3, 3],
  north: [0, 5],
  west: [-1, 0],
};

class Compass extends Embeddings {
  constructor() {
    super({});
  }

  embedQuery(text: string): Promise<number[]> {
    return Promise.resolve([...(PLACES[text] ?? [0, 0])]);
  }

  embedDocuments(texts: string[]): Promise<number[][]> {
    return Promise.all(texts.map(async (text) => this.embedQuery(text)));
  }
}

export const compass: IndexConfig = { dims: 2, embeddings: new Compass(), fields: ["where"] };

/** A top label that no other test has. */
let made = 0;
const own = (): string => `test${made++}`;

/** What LangGraph's in-memory store and ours have in common. */
export function longTermStoreContract(
  name: string,
  open: (index?: IndexConfig) => Promise<{ store: BaseStore; close: () => Promise<void> }>,
): void {
  describe(`long-term store contract: ${name}`, () => {
    let store: BaseStore;
    let indexed: BaseStore;
    const closing: (() => Promise<void>)[] = [];
    beforeAll(async () => {
      const plain = await open();
      const meant = await open(compass);
      [store, indexed] = [plain.store, meant.store];
      closing.push(plain.close, meant.close);
    });
    afterAll(async () => {
      for (const close of closing) await close();
    });

    it("gives back what was put, under its namespace and key alone", async () => {
      const [a, b] = [own(), own()];
      const value = { text: "ä €", list: [1, { deep: null }], flag: true };
      await store.put([a, "x"], "k/1", value);
      const item = await store.get([a, "x"], "k/1");
      expect(item).toMatchObject({ namespace: [a, "x"], key: "k/1", value });
      expect(item?.createdAt).toBeInstanceOf(Date);
      expect(await store.get([a, "x"], "k/2")).toBeNull();
      expect(await store.get([a], "k/1")).toBeNull();
      expect(await store.get([b, "x"], "k/1")).toBeNull();
    });

    it("replaces an item and keeps when it was first put; deletes it", async () => {
      const namespace = [own()];
      await store.put(namespace, "k", { n: 1 });
      const first = await store.get(namespace, "k");
      const createdAt = first?.createdAt.getTime();
      await new Promise((resolve) => setTimeout(resolve, 3));
      await store.put(namespace, "k", { n: 2 });
      const second = await store.get(namespace, "k");
      expect(second?.value).toEqual({ n: 2 });
      expect(second?.createdAt.getTime()).toBe(createdAt);
      expect(second?.updatedAt.getTime()).toBeGreaterThan(createdAt ?? Infinity);
      await store.delete(namespace, "k");
      await store.delete(namespace, "k");
      expect(await store.get(namespace, "k")).toBeNull();
    });

    it("refuses namespaces that are none", async () => {
      for (const namespace of [[], [""], ["a.b"], ["langgraph", "a"]]) {
        await expect(store.put(namespace, "k", { n: 1 })).rejects.toThrow(InvalidNamespaceError);
      }
    });

    it("reads before it writes within a batch, and of two puts of an item takes the later", async () => {
      const namespace = [own()];
      const [put, before, , found] = await store.batch([
        { namespace, key: "k", value: { n: 1 } },
        { namespace, key: "k" },
        { namespace, key: "k", value: { n: 2 } },
        { namespacePrefix: namespace },
      ]);
      expect(put ?? null).toBeNull();
      expect(before).toBeNull();
      expect(found).toEqual([]);
      expect((await store.get(namespace, "k"))?.value).toEqual({ n: 2 });
    });

    it("searches all namespaces below one, page by page", async () => {
      const top = own();
      for (const [namespace, key] of [
        [[top], "a"],
        [[top, "x"], "b"],
        [[top, "x", "y"], "c"],
        [[top, "z"], "d"],
      ] as const)
        await store.put([...namespace], key, { key });
      const keys = async (prefix: string[], options = {}): Promise<string[]> =>
        (await store.search(prefix, options)).map((item) => item.key);
      expect((await keys([top])).sort()).toEqual(["a", "b", "c", "d"]);
      expect((await keys([top, "x"])).sort()).toEqual(["b", "c"]);
      const [whole, pages] = [await keys([top]), [0, 1, 2, 3, 4]];
      const paged = await Promise.all(pages.map(async (offset) => keys([top], { offset, limit: 1 })));
      expect(paged.flat()).toEqual(whole);
      expect(await keys([top], { limit: 0 })).toEqual([]);
    });

    it.each<[Record<string, unknown>, string]>([
      [{ color: "red" }, "ac"],
      [{ n: { $gt: 2 } }, "c"],
      [{ n: { $gte: 2 } }, "bc"],
      [{ n: { $lt: 2 } }, "a"],
      [{ n: { $lte: 2 } }, "ab"],
      [{ n: { $ne: 2 } }, "acd"],
      [{ color: { $eq: "blue" } }, "b"],
      [{ color: "red", n: { $gt: 1, $lt: 4 } }, "c"],
      [{ n: { $in: [1, 2] } }, "ab"],
      [{ n: { $nin: [1, 2] } }, "cd"],
      [{ missing: 1 }, ""],
    ])("filters by %j", async (filter, keys) => {
      const namespace = [own()];
      await store.put(namespace, "a", { color: "red", n: 1 });
      await store.put(namespace, "b", { color: "blue", n: 2 });
      await store.put(namespace, "c", { color: "red", n: 3 });
      await store.put(namespace, "d", { other: true });
      const found = await store.search(namespace, { filter });
      expect(found.map((item) => item.key).join("")).toBe(keys);
    });

    it("lists namespaces by prefix, suffix, wildcard and depth", async () => {
      const top = own();
      for (const rest of [["a", "x"], ["a", "y"], ["b", "x", "deep"], ["ab"]])
        await store.put([top, ...rest], "k", { n: 1 });
      const list = async (options: Parameters<BaseStore["listNamespaces"]>[0]): Promise<string[]> =>
        (await store.listNamespaces(options)).map((namespace) => namespace.slice(1).join("/"));
      expect((await list({ prefix: [top] })).sort()).toEqual(["a/x", "a/y", "ab", "b/x/deep"]);
      expect((await list({ prefix: [top, "a"] })).sort()).toEqual(["a/x", "a/y"]);
      expect((await list({ prefix: [top, "*", "x"] })).sort()).toEqual(["a/x", "b/x/deep"]);
      expect(await list({ prefix: [top], suffix: ["y"] })).toEqual(["a/y"]);
      expect(await list({ prefix: [top], suffix: ["b", "*", "deep"] })).toEqual(["b/x/deep"]);
      expect((await list({ prefix: [top], maxDepth: 2 })).sort()).toEqual(["a", "ab", "b"]);
      const whole = await list({ prefix: [top], maxDepth: 2 });
      const paged = [0, 1, 2].map(async (offset) => list({ prefix: [top], maxDepth: 2, limit: 1, offset }));
      expect((await Promise.all(paged)).flat()).toEqual(whole);
    });

    it("finds by meaning: the nearest first, with the cosine as score, and what has no vector last", async () => {
      const namespace = [own()];
      await indexed.put(namespace, "a", { where: "west" });
      await indexed.put(namespace, "b", { where: "east" });
      await indexed.put(namespace, "c", { where: "north-east" });
      await indexed.put(namespace, "d", { where: "east" }, false);
      await indexed.put(namespace, "e", { other: "north", where: "west" }, ["other"]);
      const found = await indexed.search(namespace, { query: "east" });
      expect(found.map((item) => item.key)).toEqual(["b", "c", "e", "a", "d"]);
      const scores = found.map((item) => item.score);
      for (const [at, cosine] of [1, Math.SQRT1_2, 0, -1].entries())
        expect(scores[at]).toBeCloseTo(cosine, 6);
      expect(scores[4]).toBeUndefined();
      const filtered = await indexed.search(namespace, {
        query: "east",
        filter: { where: "west" },
        limit: 1,
      });
      expect(filtered.map((item) => item.key)).toEqual(["e"]);
    });

    it("takes the best of several texts of one item", async () => {
      const namespace = [own()];
      const fields = ["parts[*].at"];
      await indexed.put(namespace, "both", { parts: [{ at: "west" }, { at: "north" }] }, fields);
      await indexed.put(namespace, "one", { parts: [{ at: "north-east" }] }, fields);
      const found = await indexed.search(namespace, { query: "north" });
      expect(found.map(({ key, score }) => [key, score?.toFixed(4)])).toEqual([
        ["both", "1.0000"],
        ["one", "0.7071"],
      ]);
    });
  });
}
