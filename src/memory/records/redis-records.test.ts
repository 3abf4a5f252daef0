import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { recordStoreContract } from "../../../tests/contract/record-store.ts";
import { clearRedis, redisPrefix } from "../../../tests/support/redis-prefix.ts";
import type { Partition, RecordStore } from "./record-store.ts";
import { redisRecords } from "./redis-records.ts";
import { STRIKE_OFF } from "./redis-scripts.ts";

recordStoreContract("Redis", async () => {
  const url = inject("redisUrl");
  const prefix = redisPrefix();
  return {
    place: { home: "", redisUrl: url, prefix },
    open: () => redisRecords({ url, prefix }),
    pass: (ms) => sleep(ms),
    remove: () => clearRedis(url, prefix),
  };
});

describe("the list of what is there", () => {
  const url = inject("redisUrl");
  const prefix = redisPrefix();
  const id = (name: string): Partition => ({ kind: "run", id: name });
  const one = { put: [{ key: "a", value: Buffer.from("1") }] };
  let admin: ReturnType<typeof createClient>;
  let store: RecordStore;

  beforeAll(async () => {
    admin = createClient({ url });
    await admin.connect();
    store = await redisRecords({ url, prefix, suspectMs: 5 });
  });
  afterAll(async () => {
    await store.close();
    admin.destroy();
    await clearRedis(url, prefix);
  });

  const listed = (): Promise<string[]> => admin.zRange(`${prefix}:{ids:run}`, 0, -1);

  /** Waits for what is done in passing. */
  async function until(isSo: () => Promise<boolean>): Promise<void> {
    for (let i = 0; i < 100 && !(await isSo()); i++) await sleep(5);
    expect(await isSo()).toBe(true);
  }

  it("loses what ended, after a second look", async () => {
    await store.write(id("gone"), one);
    await store.write(id("here"), one);
    await store.drop(id("gone"));
    expect(await store.partitions("run")).toEqual(["here"]);
    expect(await listed()).toEqual(["gone", "here"]);
    await until(async () => {
      await store.partitions("run");
      return (await listed()).join() === "here";
    });
  });

  it("keeps what came back between two looks", async () => {
    await store.write(id("back"), one);
    await store.drop(id("back"));
    await store.partitions("run");
    await sleep(10);
    await store.write(id("back"), one);
    // A look from before it came back ends only now.
    await admin.sendCommand(["EVAL", STRIKE_OFF.source, "2", ...index(prefix), "5", "back"]);
    expect(await store.partitions("run")).toEqual(["back", "here"]);
  });

  it("loses what ended also where nobody ever asks for it", async () => {
    await store.write(id("unasked"), one);
    await store.drop(id("unasked"));
    let count = 0;
    await until(async () => {
      await store.write(id(`new-${count++}`), one);
      return !(await listed()).includes("unasked");
    });
  });

  it("is whole for another process that writes to a partition which ended meanwhile", async () => {
    const other = await redisRecords({ url, prefix });
    await store.write(id("shared"), one);
    await other.write(id("shared"), one);
    await store.drop(id("shared"));
    await admin.zRem(`${prefix}:{ids:run}`, "shared");
    await other.write(id("shared"), one);
    expect(await store.partitions("run", { prefix: "shared" })).toEqual(["shared"]);
    await other.close();
  });
});

function index(prefix: string): [string, string] {
  return [`${prefix}:{ids:run}`, `${prefix}:{ids:run}:suspects`];
}
