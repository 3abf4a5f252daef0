import { statSync } from "node:fs";
import { AIMessage, type BaseMessage, HumanMessage } from "@langchain/core/messages";
import { Annotation, END, messagesStateReducer, START, StateGraph } from "@langchain/langgraph";
import {
  type Checkpoint,
  type CheckpointTuple,
  emptyCheckpoint,
  uuid6,
} from "@langchain/langgraph-checkpoint";
import * as fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { fiveNodeGraph, fixedState } from "../../../tests/support/five-node-graph.ts";
import { testHome } from "../../../tests/support/test-config.ts";
import type { RecordStore } from "../records/record-store.ts";
import { sqliteRecords } from "../records/sqlite-records.ts";
import { RecordSaver } from "./record-saver.ts";
import { CHECKPOINTS, CONTENTS, threadPartition, THREADS, WRITES } from "./thread-keys.ts";

const METADATA = { source: "loop", step: 0, parents: {} } as const;
const CONFIG = { configurable: { thread_id: "t" } };

let now = 0;
let files = 0;
const opened: RecordStore[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
});

function newStore(): { store: RecordStore; file: string } {
  const file = `${testHome()}/saver-${(files += 1)}.db`;
  const store = sqliteRecords(file, { now: () => now });
  opened.push(store);
  return { store, file };
}

const saverOf = (store: RecordStore, expireAfterMs?: number): RecordSaver =>
  new RecordSaver(() => Promise.resolve(store), expireAfterMs === undefined ? {} : { expireAfterMs });

async function all(saver: RecordSaver, config = CONFIG): Promise<CheckpointTuple[]> {
  const tuples: CheckpointTuple[] = [];
  for await (const tuple of saver.list(config)) tuples.push(tuple);
  return tuples;
}

/** A checkpoint of one list, after another one. */
async function put(saver: RecordSaver, messages: unknown, parent?: string, thread = "t"): Promise<string> {
  const checkpoint: Checkpoint = { ...emptyCheckpoint(), id: uuid6(0), channel_values: { messages } };
  const configurable = { thread_id: thread, checkpoint_id: parent };
  await saver.put({ configurable }, checkpoint, METADATA, { messages: 1 });
  return checkpoint.id;
}

async function countIn(store: RecordStore, prefix: string, thread = "t"): Promise<number> {
  return (await store.keys(threadPartition(thread), { prefix })).length;
}

async function bytesIn(store: RecordStore, thread = "t"): Promise<number> {
  const records = await store.range(threadPartition(thread), { prefix: "" });
  return records.reduce((sum, { key, value }) => sum + Buffer.byteLength(key) + value.length, 0);
}

describe("storage", () => {
  it("grows linearly: 1.5 MB after 40 turns, 8 MB at 1,000 messages, with every checkpoint readable", async () => {
    const { store, file } = newStore();
    const saver = saverOf(store);
    const graph = fiveNodeGraph(saver);
    const sizes: number[] = [];
    for (let turn = 0; turn < 40; turn += 1) {
      await graph.invoke({ turn, ...(turn === 0 ? { fixed: fixedState() } : {}) }, CONFIG);
    }
    sizes.push(await bytesIn(store), statSync(file).size);
    // The other 800 steps as LangGraph hands them over, without LangGraph.
    const last = await saver.getTuple(CONFIG);
    if (last === undefined) throw new Error("Nothing is kept.");
    let { config, checkpoint } = last;
    const messages = checkpoint.channel_values["messages"] as BaseMessage[];
    for (let n = 201; n <= 1000; n += 1) {
      const said = new AIMessage({ id: `message-${n}`, content: `${n} `.padEnd(300, "o") });
      await saver.putWrites(
        config,
        [
          ["messages", [said]],
          ["branch:to:b", null],
        ],
        uuid6(0),
      );
      messages.push(said);
      const versions = { messages: 2 * n, "branch:to:b": 2 * n };
      checkpoint = {
        ...checkpoint,
        id: uuid6(0),
        channel_values: { ...checkpoint.channel_values, messages: messages.slice(), "branch:to:b": null },
        channel_versions: { ...checkpoint.channel_versions, ...versions },
      };
      config = await saver.put(config, checkpoint, { ...METADATA, step: n }, versions);
    }
    sizes.push(await bytesIn(store));
    await store.close();
    sizes.push(statSync(file).size);
    for (const size of sizes.slice(0, 2)) expect(size).toBeLessThan(1.5e6);
    for (const size of sizes.slice(2)) expect(size).toBeLessThan(8e6);
    // Five times the messages, and no more than five times the bytes.
    expect((sizes[2] ?? NaN) / (sizes[0] ?? NaN)).toBeLessThan(5);
    const again = sqliteRecords(file, { now: () => now });
    opened.push(again);
    const lengths: number[] = [];
    for await (const { checkpoint } of saverOf(again).list(CONFIG, { limit: 10 })) {
      const messages = checkpoint.channel_values["messages"] as BaseMessage[];
      expect(messages.at(-1)?.id).toBe(`message-${messages.length}`);
      expect(checkpoint.channel_values["fixed"]).toEqual(fixedState());
      lengths.push(messages.length);
    }
    expect(lengths).toEqual([1000, 999, 998, 997, 996, 995, 994, 993, 992, 991]);
  });

  it("is one round trip for every write, once a thread is known", async () => {
    const { store } = newStore();
    let trips = 0;
    const counted = new Proxy(store, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== "function") return method;
        return (...given: unknown[]): unknown => {
          trips += 1;
          return Reflect.apply(method, target, given);
        };
      },
    });
    const saver = saverOf(counted);
    let parent = await put(saver, [new HumanMessage("0")]);
    trips = 0;
    const list = [new HumanMessage("0")];
    for (let k = 1; k <= 40; k += 1) {
      list.push(new HumanMessage(`message ${k}`));
      await saver.putWrites(
        { configurable: { thread_id: "t", checkpoint_id: parent } },
        [["messages", list.at(-1)]],
        "task",
      );
      parent = await put(saver, list.slice(), parent);
    }
    expect(trips).toBe(80);
  });

  it("keeps once what a task sends on to a node with the whole conversation", async () => {
    const { store } = newStore();
    const saver = saverOf(store);
    const messages = Array.from(
      { length: 300 },
      (_, k) => new HumanMessage({ id: `m${k}`, content: `${k} `.repeat(50) }),
    );
    const parent = await put(saver, messages);
    const before = await bytesIn(store);
    const config = { configurable: { thread_id: "t", checkpoint_id: parent } };
    const sent = { node: "tools", args: { messages, lg_tool_call: { name: "x", args: {} } } };
    await saver.putWrites(config, [["__pregel_tasks", sent]], "task");
    expect((await bytesIn(store)) - before).toBeLessThan(3000);
    expect((await saver.getTuple(config))?.pendingWrites).toEqual([["task", "__pregel_tasks", sent]]);
  });
});

describe("what is stored", () => {
  it("is the value as it is now, also where a message, or a part of one, was changed in place", async () => {
    const saver = saverOf(newStore().store);
    const messages = Array.from(
      { length: 40 },
      (_, k) =>
        new AIMessage({
          id: `m${k}`,
          content: `said ${k}`,
          tool_calls: [{ name: "f", args: { n: { k } }, id: `c${k}` }],
        }),
    );
    const changes: ((message: AIMessage) => void)[] = [
      (message) => (message.content = "changed"),
      (message) => (message.additional_kwargs["added"] = 1),
      (message) => message.tool_calls?.push({ name: "g", args: {}, id: "new" }),
      (message) => Reflect.set(message.tool_calls?.[0]?.args["n"] as object, "k", "changed"),
      (message) =>
        Reflect.set(message, "usage_metadata", { input_tokens: 1, output_tokens: 1, total_tokens: 2 }),
      (message) => Reflect.deleteProperty(message.tool_calls?.[0] ?? {}, "id"),
    ];
    const fields = (message: AIMessage): object =>
      Object.fromEntries(Object.entries(message).filter(([name]) => name !== "lc_kwargs"));
    let parent = await put(saver, messages);
    for (const [k, change] of changes.entries()) {
      const [touched = new AIMessage("")] = messages.slice(5 * k);
      change(touched);
      const expected = structuredClone(messages.map(fields));
      parent = await put(saver, messages.slice(), parent);
      const tuple = await saver.getTuple({ configurable: { thread_id: "t", checkpoint_id: parent } });
      const read = tuple?.checkpoint.channel_values["messages"] as AIMessage[];
      expect(structuredClone(read.map(fields))).toEqual(expected);
    }
  });

  it("is read anew each time: nobody changes what another one reads", async () => {
    const saver = saverOf(newStore().store);
    await put(saver, [new HumanMessage("as it was")]);
    const read = async (): Promise<BaseMessage[]> =>
      (await saver.getTuple(CONFIG))?.checkpoint.channel_values["messages"] as BaseMessage[];
    const [first] = await read();
    if (first !== undefined) first.content = "otherwise";
    expect((await read())[0]?.content).toBe("as it was");
  });
});

describe("a thread", () => {
  it("ends as a whole, some time after its last write", async () => {
    const { store } = newStore();
    const saver = saverOf(store, 1000);
    const parent = await put(saver, [1]);
    now += 900;
    await put(saver, [2], parent);
    now += 900;
    expect(await all(saver)).toHaveLength(2);
    now += 200;
    expect(await all(saver)).toEqual([]);
    expect(await bytesIn(store)).toBe(0);
    // A saver that knew it begins it anew.
    await put(saver, [new HumanMessage("x".repeat(100))], parent);
    expect((await all(saverOf(store)))[0]?.checkpoint.channel_values["messages"]).toEqual([
      new HumanMessage("x".repeat(100)),
    ]);
  });

  it("is copied whole, and the copy lives on its own", async () => {
    const { store } = newStore();
    const saver = saverOf(store);
    await fiveNodeGraph(saver).invoke({ turn: 0, fixed: fixedState() }, CONFIG);
    const before = await all(saver);
    await saver.copyThread("t", "u");
    await saver.deleteThread("t");
    const after = await all(saver, { configurable: { thread_id: "u" } });
    expect(after.map(({ checkpoint, pendingWrites }) => ({ checkpoint, pendingWrites }))).toEqual(
      before.map(({ checkpoint, pendingWrites }) => ({ checkpoint, pendingWrites })),
    );
    await expect(saver.copyThread("t", "v")).rejects.toMatchObject({ code: "BAD_ARGUMENT" });
    await put(saver, [1]);
    await expect(saver.copyThread("t", "u")).rejects.toMatchObject({ code: "BAD_ARGUMENT" });
  });
});

describe("pruning", () => {
  const Inner = Annotation.Root({
    messages: Annotation<BaseMessage[]>({ reducer: messagesStateReducer, default: () => [] }),
  });
  const inner = new StateGraph(Inner)
    .addNode("think", () => ({ messages: [new AIMessage("thought")] }))
    .addEdge(START, "think")
    .addEdge("think", END)
    .compile();

  it("keeps the latest checkpoints, subgraphs of theirs, and nothing that only others held", async () => {
    const { store } = newStore();
    const saver = saverOf(store);
    const graph = new StateGraph(Inner)
      .addNode("inner", inner)
      .addEdge(START, "inner")
      .addEdge("inner", END)
      .compile({ checkpointer: saver });
    for (let turn = 0; turn < 4; turn += 1) {
      await graph.invoke(
        { messages: [new HumanMessage({ id: `h${turn}`, content: `request ${turn}`.repeat(20) })] },
        CONFIG,
      );
    }
    const before = await all(saver);
    const latest = before.filter(({ config }) => config.configurable?.["checkpoint_ns"] === "").slice(0, 2);
    const pruned = await saver.prune("t", { keep: 2 });
    const after = await all(saver);
    expect(pruned).toBe(before.length - after.length);
    expect(after.filter(({ config }) => config.configurable?.["checkpoint_ns"] === "")).toEqual(latest);
    const ids = latest.map(({ checkpoint }) => checkpoint.id);
    const inside = after.filter(({ config }) => config.configurable?.["checkpoint_ns"] !== "");
    expect(inside.length).toBeGreaterThan(0);
    for (const { metadata } of inside) expect(ids).toContain(metadata?.parents[""]);
    expect(await saver.prune("t", { keep: 2 })).toBe(0);
    // The conversation goes on.
    const state = await graph.invoke({ messages: [new HumanMessage("and then?")] }, CONFIG);
    expect(state.messages.map(({ text }) => text.slice(0, 9))).toContain("request 0");
    await saver.prune("t", { keep: 1 });
    await expect(saver.prune("t", { keep: 0 })).rejects.toMatchObject({ code: "BAD_ARGUMENT" });
    await saver.deleteThread("t");
    expect(await bytesIn(store)).toBe(0);
  });

  it("leaves no content and no write that no checkpoint names", async () => {
    const { store } = newStore();
    const saver = saverOf(store);
    let parent: string | undefined;
    for (let k = 0; k < 20; k += 1) {
      parent = await put(saver, [`${k} `.repeat(60)], parent);
      const config = { configurable: { thread_id: "t", checkpoint_id: parent } };
      await saver.putWrites(config, [["messages", `w${k} `.repeat(60)]], "task");
    }
    expect(await countIn(store, CONTENTS)).toBe(40);
    expect(await saver.prune("t", { keep: 3 })).toBe(17);
    expect(
      await Promise.all([CHECKPOINTS, WRITES, CONTENTS].map((prefix) => countIn(store, prefix))),
    ).toEqual([3, 3, 6]);
  });

  it("and deleting may come between any two writes of two savers: what is listed can be read whole", async () => {
    const action = fc.record({
      saver: fc.constantFrom(0, 1),
      does: fc.constantFrom("put", "put", "put", "write", "read", "prune", "delete"),
      pause: fc.nat({ max: 3 }),
    });
    const text = (k: number): string => `element ${k} `.repeat(8);
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 10, maxLength: 40 }), async (actions) => {
        const { store } = newStore();
        const savers = [saverOf(store), saverOf(store)];
        const parents: (string | undefined)[] = [undefined, undefined];
        const lists: { text: string }[][] = [[], []];
        const check = ({ checkpoint }: CheckpointTuple): void => {
          const held = checkpoint.channel_values["messages"] as { text: string }[];
          expect(held).toEqual(held.map((_, k) => ({ text: text(k) })));
        };
        const act = async ({ saver: who, does, pause }: (typeof actions)[number]): Promise<void> => {
          for (let k = 0; k < pause; k += 1) await Promise.resolve();
          const saver = savers[who] ?? saverOf(store);
          const list = (lists[who] ??= []);
          const parent = parents[who];
          if (does === "put") {
            list.push({ text: text(list.length) });
            parents[who] = await put(saver, list.slice(), parent);
          } else if (does === "write" && parent !== undefined) {
            const config = { configurable: { thread_id: "t", checkpoint_id: parent } };
            await saver.putWrites(config, [["messages", list.slice()]], `task${list.length}`);
          } else if (does === "read") {
            const tuple = await saver.getTuple(CONFIG);
            if (tuple !== undefined) check(tuple);
          } else if (does === "prune") await saver.prune("t", { keep: 2 });
          else if (does === "delete") await saver.deleteThread("t");
        };
        for (let from = 0; from < actions.length; from += 4) {
          await Promise.all(actions.slice(from, from + 4).map(act));
          for (const tuple of await all(saverOf(store))) check(tuple);
        }
        expect((await store.partitions(THREADS)).length).toBeLessThanOrEqual(1);
        await store.close();
      }),
      { numRuns: 40 },
    );
  });
});
