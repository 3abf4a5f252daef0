import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { randomFrom } from "../../domain/random.ts";
import { overlayRecords } from "./overlay-records.ts";
import type { Batch, RecordStore } from "./record-store.ts";
import { sqliteRecords } from "./sqlite-records.ts";

const home = mkdtempSync(join(inject("homes"), "overlay-"));
const clock = { now: () => Date.now() };
const under = sqliteRecords(join(home, "under.db"), clock);
const plain = sqliteRecords(join(home, "plain.db"), clock);

const random = randomFrom(7);
const pick = <T>(values: readonly T[]): T => values[Math.floor(random.uniform() * values.length)] as T;
const KEYS = ["a", "a/1", "a/2", "b", "b/ü", "b/\u{10000}", "b/\uffff", "c"];
const IDS = ["one", "two", "three"];

function batch(): Batch {
  const value = Buffer.from(String(random.uniform()));
  return {
    put: [{ key: pick(KEYS), value }],
    delete: random.uniform() < 0.4 ? [pick(KEYS)] : [],
    expect: random.uniform() < 0.3 ? [{ key: pick(KEYS), value: null }] : [],
  };
}

async function all(store: RecordStore): Promise<unknown> {
  const ids = await store.partitions("kind");
  return Promise.all(
    ids.map(async (id) => [id, await store.range({ kind: "kind", id }, { prefix: "" })] as const),
  );
}

beforeAll(async () => {
  for (let round = 0; round < 12; round += 1) {
    const [at, one] = [{ kind: "kind", id: pick(["one", "two"]) }, batch()];
    for (const store of [under, plain]) await store.write(at, one);
  }
});

afterAll(async () => {
  await Promise.all([under.close(), plain.close()]);
  rmSync(home, { recursive: true });
});

it("does what a store does, and changes nothing in the one below", async () => {
  const before = await all(under);
  const store = overlayRecords(under);
  for (let round = 0; round < 60; round += 1) {
    const at = { kind: "kind", id: pick(IDS) };
    if (random.uniform() < 0.05) await Promise.all([store.drop(at), plain.drop(at)]);
    const one = batch();
    expect(await store.write(at, one)).toBe(await plain.write(at, one));
    const range = {
      prefix: pick(["", "a", "b/"]),
      reverse: random.uniform() < 0.5,
      limit: pick([1, 3, 99]),
      ...(random.uniform() < 0.5 ? { after: pick(KEYS) } : {}),
    };
    const seen = { kind: "kind", id: pick(IDS) };
    expect(await store.range(seen, range)).toEqual(await plain.range(seen, range));
    expect(await store.keys(seen, range)).toEqual(await plain.keys(seen, range));
    expect(await store.get(seen, KEYS)).toEqual(await plain.get(seen, KEYS));
    const some = { prefix: pick(["", "t"]), reverse: random.uniform() < 0.5, limit: pick([1, 9]) };
    expect(await store.partitions("kind", some)).toEqual(await plain.partitions("kind", some));
  }
  expect(await all(under)).toEqual(before);
  expect(await all(store)).not.toEqual(before);
});
