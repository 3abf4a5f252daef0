import { type Checkpoint, emptyCheckpoint, uuid6 } from "@langchain/langgraph-checkpoint";
import { expect, it } from "vitest";
import { orphansOf } from "../../../tests/support/storm/orphans-by-text.ts";
import { testHome } from "../../../tests/support/test-config.ts";
import { sqliteRecords } from "../records/sqlite-records.ts";
import { RecordSaver } from "./record-saver.ts";
import { CHECKPOINTS, CONTENTS, threadPartition, WRITES } from "./thread-keys.ts";
import { trimThread } from "./trim-thread.ts";

const ids: string[] = [];

/** A thread of six checkpoints: a list that grows beyond one node of its tree, a text of its own, and a write behind. */
async function grown() {
  const store = sqliteRecords(`${testHome()}/trim-${ids.length}.db`, { now: () => 0 });
  const saver = new RecordSaver(() => Promise.resolve(store), {});
  const names: string[] = [];
  for (let k = 0; k < 6; k += 1) {
    const list = Array.from({ length: 10 * (k + 1) }, (_, i) => `element ${i} `.repeat(10));
    const checkpoint: Checkpoint = {
      ...emptyCheckpoint(),
      id: uuid6(0),
      channel_values: { list, own: `own ${k} `.repeat(20) },
    };
    const at = { configurable: { thread_id: "t", checkpoint_id: names.at(-1) } };
    await saver.put(at, checkpoint, { source: "loop", step: k, parents: {} }, { list: k, own: k });
    names.push(checkpoint.id);
    const behind = { configurable: { thread_id: "t", checkpoint_id: checkpoint.id } };
    await saver.putWrites(behind, [["own", `written behind ${k} `.repeat(20)]], "task");
  }
  ids.push(...names);
  const count = async (prefix: string): Promise<number> =>
    (await store.keys(threadPartition("t"), { prefix })).length;
  return { store, saver, names, count };
}

it("leaves what was there when the checkpoint was written, and nothing that only later ones name", async () => {
  const { store, saver, names, count } = await grown();
  const [, , third = ""] = names;
  expect(await trimThread(store, "t", third)).toBe(true);
  expect([await count(CHECKPOINTS), await count(WRITES)]).toEqual([3, 2]);
  expect(await orphansOf(store, "t")).toEqual({ contents: [], writes: [] });
  const tuple = await saver.getTuple({ configurable: { thread_id: "t" } });
  expect(tuple?.checkpoint.id).toBe(third);
  expect(tuple?.checkpoint.channel_values["list"]).toHaveLength(30);
  await store.close();
});

it("takes a thread back to before its first checkpoint, and is none where there is nothing", async () => {
  const { store, count } = await grown();
  expect(await trimThread(store, "t", null)).toBe(true);
  expect([await count(CHECKPOINTS), await count(WRITES), await count(CONTENTS)]).toEqual([0, 0, 0]);
  expect(await trimThread(store, "nowhere", null)).toBe(true);
  expect(await store.keys(threadPartition("nowhere"), { prefix: "" })).toEqual([]);
  await store.close();
});

it("changes nothing where the checkpoint is not there", async () => {
  const { store, count } = await grown();
  expect(await trimThread(store, "t", uuid6(0))).toBe(false);
  expect(await count(CHECKPOINTS)).toBe(6);
  await store.close();
});
