import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Annotation, END, START, StateGraph } from "@langchain/langgraph";
import { afterAll, expect, it } from "vitest";
import { watched } from "../../../tests/support/watched-records.ts";
import { sqliteRecords } from "../records/sqlite-records.ts";
import { RunSaver } from "./run-saver.ts";

const folder = mkdtempSync(join(tmpdir(), "finagent-run-saver-"));
const records = sqliteRecords(join(folder, "records.db"), { now: Date.now });
const { held, store } = watched(records);
afterAll(async () => {
  await records.close();
  rmSync(folder, { recursive: true });
});

const State = Annotation.Root({ n: Annotation<number>({ reducer: (a, b) => a + b, default: () => 0 }) });

/** Two tasks beside each other, of which one takes its time. */
const graph = new StateGraph(State)
  .addNode("quick", () => ({ n: 1 }))
  .addNode("slow", async () => wait(30, { n: 10 }))
  .addEdge(START, "quick")
  .addEdge(START, "slow")
  .addEdge("quick", END)
  .addEdge("slow", END)
  .compile({ checkpointer: new RunSaver(() => Promise.resolve(store)) });

const unheard: unknown[] = [];
const hear = (reason: unknown): void => void unheard.push(reason);

it.each(["input", "first task", "second task", "step"])(
  "the %s that cannot be kept ends the run, and not the process",
  async (what) => {
    const place = { configurable: { thread_id: what }, durability: "sync" as const };
    const failing = ["input", "first task", "second task", "step"].indexOf(what);
    // Of the writes to the store, the one that fails; the store is well again after it.
    held.writes = 0;
    const before = store.write;
    store.write = async (partition, batch) => {
      held.failing = held.writes === failing ? 1 : 0;
      return before(partition, batch);
    };
    process.on("unhandledRejection", hear);
    await expect(graph.invoke({ n: 100 }, place)).rejects.toMatchObject({ code: "STORE_UNREACHABLE" });
    await wait(5);
    process.off("unhandledRejection", hear);
    store.write = before;
    expect(unheard).toEqual([]);
    // It goes on where it stopped; without its input from the beginning.
    const resumed = await graph.invoke(what === "input" ? { n: 100 } : null, place);
    expect(resumed).toEqual({ n: 111 });
  },
);
