import { execFile, execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createClient } from "redis";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { freePort, startRedis, type TestRedis } from "../../../tests/support/redis-server.ts";
import type { Batch, Partition, RecordStore } from "./record-store.ts";
import { REDIS_TIMES, type RedisTimes } from "./redis-link.ts";
import { redisRecords } from "./redis-records.ts";

const at: Partition = { kind: "run", id: "r" };
const put = (key: string, value = "1"): Batch => ({ put: [{ key, value: Buffer.from(value) }] });
const COUNTER = new URL("../../../tests/support/count-in-records.ts", import.meta.url).pathname;
const SHORT: RedisTimes = { connectMs: 500, commandMs: 500 };

let redis: TestRedis;
let admin: ReturnType<typeof createClient>;
const stores: RecordStore[] = [];
const servers: Server[] = [];

async function open(url = redis.url, times: RedisTimes = REDIS_TIMES): Promise<RecordStore> {
  const store = await redisRecords({ url, prefix: "finagent", times });
  stores.push(store);
  return store;
}

const ask = (...command: string[]): Promise<unknown> => admin.sendCommand(command);

async function listening(server: Server): Promise<number> {
  servers.push(server);
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function timed(call: Promise<unknown>): Promise<{ code: unknown; ms: number }> {
  const start = performance.now();
  const failure: unknown = await call.then(
    () => ({ code: "none" }),
    (error: unknown) => error,
  );
  const code = typeof failure === "object" && failure !== null && "code" in failure ? failure.code : failure;
  return { code, ms: performance.now() - start };
}

beforeAll(async () => {
  redis = await startRedis();
  admin = createClient({ url: redis.url });
  admin.on("error", () => undefined);
  await admin.connect();
});

afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()));
  for (const server of servers.splice(0)) server.close();
  await ask("FLUSHALL");
});

afterAll(async () => {
  admin.destroy();
  await redis.remove();
});

describe("at start-up", () => {
  it("a Redis that is down is told at once, with the place", async () => {
    const url = `redis://user:hush-hush@127.0.0.1:${await freePort()}/2`;
    const failure: unknown = await open(url).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: "STORE_UNREACHABLE",
      hint: expect.stringContaining("REDIS_URL") as string,
    });
    expect(String(failure)).toContain(url.replace(":hush-hush", ""));
    expect(JSON.stringify(failure)).not.toContain("hush-hush");
  });

  it("passwords and users of the ACL", async () => {
    await ask("ACL", "SETUSER", "full", "on", ">p/w 1", "~finagent:*", "+@all", "-@dangerous", "+info");
    await ask(
      "ACL",
      "SETUSER",
      "reader",
      "on",
      ">p",
      "~finagent:*",
      "+@read",
      "+@connection",
      "+eval",
      "+evalsha",
    );
    await ask("ACL", "SETUSER", "elsewhere", "on", ">p", "~other:*", "+@all");
    const as = (user: string): string => redis.url.replace("//", `//${user}@`);
    const store = await open(as("full:p%2Fw%201"));
    expect(await store.write(at, put("a"))).toBe(true);
    await expect(open(as("full:wrong"))).rejects.toMatchObject({ code: "STORE_AUTH" });
    await expect(open(as("nobody:p"))).rejects.toMatchObject({ code: "STORE_AUTH" });
    await expect(open(as("reader:p"))).rejects.toMatchObject({ code: "STORE_AUTH" });
    await expect(open(as("elsewhere:p"))).rejects.toMatchObject({ code: "STORE_AUTH" });
    await ask("ACL", "SETUSER", "default", "resetpass", ">secret");
    await expect(open()).rejects.toMatchObject({ code: "STORE_AUTH" });
    await open(as(":secret"));
    await ask("ACL", "SETUSER", "default", "nopass");
  });

  it("databases, of which the URL chooses one", async () => {
    const [zero, three] = [await open(), await open(`${redis.url}/3`)];
    await three.write(at, put("a"));
    expect([await zero.partitions("run"), await three.partitions("run")]).toEqual([[], ["r"]]);
    await expect(open(`${redis.url}/99`)).rejects.toMatchObject({ code: "STORE_UNSUITABLE" });
    await expect(open(`${redis.url}/x`)).rejects.toMatchObject({ code: "BAD_CONFIG" });
    await expect(open("http://127.0.0.1")).rejects.toMatchObject({ code: "BAD_CONFIG" });
  });

  it("what is no Redis, does not answer, or is none that we can use", async () => {
    const http = await listening(createHttpServer());
    await expect(open(`redis://127.0.0.1:${http}`)).rejects.toMatchObject({ code: "STORE_UNSUITABLE" });
    const silent = await listening(createServer((socket) => socket.on("error", () => socket.destroy())));
    const { code, ms } = await timed(open(`redis://127.0.0.1:${silent}`, SHORT));
    expect(code).toBe("STORE_TIMEOUT");
    expect(ms).toBeLessThan(3000);
    const old = await listening(
      createServer((socket) =>
        socket.on("data", (asked: Buffer) =>
          socket.write(asked.includes("PING") ? "+PONG\r\n" : "-ERR unknown command `HELLO`\r\n"),
        ),
      ),
    );
    await expect(open(`redis://127.0.0.1:${old}`)).rejects.toMatchObject({
      code: "STORE_UNSUITABLE",
      message: expect.stringContaining("too old") as string,
    });
    await expect(open(redis.url.replace("redis:", "rediss:"), SHORT)).rejects.toMatchObject({
      code: expect.stringMatching(/^STORE_(UNREACHABLE|TIMEOUT)$/) as string,
    });
  });

  it.skipIf(spawnSync("openssl", ["version"]).status !== 0)("TLS, and whom it trusts", async (context) => {
    const folder = mkdtempSync(join(tmpdir(), "finagent-tls-"));
    const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
    const request = [
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-subj",
      "/CN=localhost",
    ];
    const own = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate];
    execFileSync("openssl", ["req", "-x509", ...request, ...own], { stdio: "ignore" });
    const port = await freePort();
    const tls = ["--tls-port", String(port), "--tls-auth-clients", "no", "--tls-cert-file", certificate];
    const starting = startRedis([...tls, "--tls-key-file", key]);
    const server = await starting.catch((error: unknown) => {
      // Not every server is built with TLS.
      if (/tls-.*bad directive/is.test(String(error))) context.skip();
      throw error;
    });
    const url = `rediss://127.0.0.1:${port}/1`;
    await expect(open(url)).rejects.toMatchObject({
      code: "STORE_UNREACHABLE",
      hint: expect.stringContaining("NODE_EXTRA_CA_CERTS") as string,
    });
    const call = JSON.stringify({ place: { home: "", redisUrl: url, prefix: "finagent" }, at, times: 1 });
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: certificate };
    await promisify(execFile)(process.execPath, [COUNTER, call], { env });
    const plain = await open(`${server.url}/1`);
    expect((await plain.get(at, ["count"])).map(String)).toEqual(["1"]);
    await server.remove();
    rmSync(folder, { recursive: true });
  });

  it("a node of a cluster", async () => {
    const node = await startRedis(["--cluster-enabled", "yes"]);
    await expect(open(node.url)).rejects.toMatchObject({
      code: "STORE_UNSUITABLE",
      message: expect.stringContaining("cluster") as string,
    });
    await node.remove();
  });

  it("records of a later format", async () => {
    await ask("SET", "finagent:format", "2");
    await expect(open()).rejects.toMatchObject({ code: "STORE_UNSUITABLE" });
    expect(await ask("GET", "finagent:format")).toBe("2");
  });

  it("a replica", async () => {
    await ask("REPLICAOF", "127.0.0.1", String(await freePort()));
    await expect(open()).rejects.toMatchObject({ code: "STORE_READ_ONLY" });
    await ask("REPLICAOF", "NO", "ONE");
  });
});

describe("in the middle", () => {
  it("a server that becomes read-only, for whatever reason, can be read, and later be written again", async () => {
    const store = await open();
    await store.write(at, put("a"));
    const states: [string[], string[]][] = [
      [
        ["REPLICAOF", "127.0.0.1", String(await freePort())],
        ["REPLICAOF", "NO", "ONE"],
      ],
      [
        ["CONFIG", "SET", "min-replicas-to-write", "1"],
        ["CONFIG", "SET", "min-replicas-to-write", "0"],
      ],
    ];
    for (const [begin, end] of states) {
      await ask(...begin);
      await expect(store.write(at, put("b"))).rejects.toMatchObject({ code: "STORE_READ_ONLY" });
      await expect(store.write({ kind: "run", id: "new" }, put("b"))).rejects.toMatchObject({
        code: "STORE_READ_ONLY",
      });
      expect(await store.keys(at, { prefix: "" })).toEqual(["a"]);
      await ask(...end);
    }
    expect(await store.write(at, put("b"))).toBe(true);
  });

  it("a password that was set meanwhile is told, though the connection was only cut", async () => {
    const store = await open();
    await store.write(at, put("a"));
    await ask("CONFIG", "SET", "requirepass", "secret");
    await ask("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    await expect(store.write(at, put("b"))).rejects.toMatchObject({ code: "STORE_AUTH" });
    await expect(store.get(at, ["a"])).rejects.toMatchObject({ code: "STORE_AUTH" });
    await ask("CONFIG", "SET", "requirepass", "");
    expect(await store.write(at, put("b"))).toBe(true);
  });

  it("a full memory refuses a batch as a whole and keeps the rest", async () => {
    const store = await open();
    await store.write(at, put("a"));
    await ask("CONFIG", "SET", "maxmemory", "1mb");
    const batch: Batch = { ...put("b"), delete: ["a"], expect: [{ key: "a", value: Buffer.from("1") }] };
    await expect(store.write(at, batch)).rejects.toMatchObject({ code: "STORE_FULL" });
    await expect(store.write({ kind: "run", id: "new" }, put("b"))).rejects.toMatchObject({
      code: "STORE_FULL",
    });
    expect(await store.keys(at, { prefix: "" })).toEqual(["a"]);
    // What makes room is let through.
    await store.drop({ kind: "run", id: "other" });
    await ask("CONFIG", "SET", "maxmemory", "0");
    expect(await store.write(at, batch)).toBe(true);
    expect(await store.partitions("run")).toEqual(["r"]);
  });

  it("a server that stops answering is told in bounded time, and used again afterwards", async () => {
    const store = await open(redis.url, SHORT);
    await store.write(at, put("a"));
    redis.process.kill("SIGSTOP");
    try {
      const calls = [store.write(at, put("b")), store.get(at, ["a"]), store.write(at, put("c"))];
      for (const { code, ms } of await Promise.all(calls.map(timed))) {
        expect(code).toBe("STORE_TIMEOUT");
        expect(ms).toBeLessThan(3000);
      }
      expect((await timed(store.get(at, ["a"]))).code).toBe("STORE_TIMEOUT");
    } finally {
      redis.process.kill("SIGCONT");
    }
    expect(await store.write(at, put("d"))).toBe(true);
    expect(await store.keys(at, { prefix: "a" })).toEqual(["a"]);
  });

  it("a server that forgets the scripts gets them again", async () => {
    const store = await open();
    await store.write(at, put("a"));
    await ask("SCRIPT", "FLUSH");
    expect(await store.write(at, put("b"))).toBe(true);
    expect(await store.range(at, { prefix: "" })).toHaveLength(2);
  });

  it("sends a read again whose answer was lost, a write never", async () => {
    const { url, faults } = await badLine();
    const store = await open(url);
    await store.write(at, put("n", "0"));
    faults.push("cut");
    expect((await store.get(at, ["n"])).map(String)).toEqual(["0"]);
    faults.push("cut");
    const counted = store.write(at, { ...put("n", "1"), expect: [{ key: "n", value: Buffer.from("0") }] });
    await expect(counted).rejects.toMatchObject({ code: "STORE_UNREACHABLE" });
    expect((await store.get(at, ["n"])).map(String)).toEqual(["1"]);
    expect(faults).toEqual([]);
  });

  it("gives up a connection on which nothing comes any more", async () => {
    const { url, faults } = await badLine();
    const store = await open(url, SHORT);
    faults.push("mute");
    await expect(store.get(at, ["n"])).rejects.toMatchObject({ code: "STORE_TIMEOUT" });
    expect(await store.get(at, ["n"])).toEqual([null]);
  });
});

/** A way to the server on which the next answer meets the next fault: the connection is cut, or goes mute for good. */
async function badLine(): Promise<{ url: string; faults: ("cut" | "mute")[] }> {
  const faults: ("cut" | "mute")[] = [];
  const port = await listening(
    createServer((client) => {
      const server: Socket = connect(redis.port, "127.0.0.1");
      for (const one of [client, server]) one.on("error", () => one.destroy());
      client.pipe(server);
      client.on("close", () => server.destroy());
      let mute = false;
      server.on("data", (answer) => {
        const fault = faults.shift();
        mute ||= fault === "mute";
        if (fault === "cut") client.destroy();
        else if (!mute) client.write(answer);
      });
    }),
  );
  return { url: `redis://127.0.0.1:${port}`, faults };
}

describe("a server with an append-only file that is killed", () => {
  it("has every write that was answered, and one that waits for it is done when it is back", async () => {
    let own = await startRedis(["--appendonly", "yes"]);
    const store = await open(own.url);
    const answered: string[] = [];
    const write = async (): Promise<void> => {
      for (let i = 0; i < 20_000; i++) {
        await store.write({ kind: "run", id: `r${i % 7}` }, put(String(i)));
        answered.push(String(i));
      }
    };
    const writing = timed(write());
    await vi.waitUntil(() => answered.length > 10);
    await own.kill();
    expect((await writing).code).toBe("STORE_UNREACHABLE");
    const waiting = store.write(at, put("late"));
    own = await own.restart();
    expect(await waiting).toBe(true);
    const ids = await store.partitions("run", { prefix: "r" });
    const kept = new Set(
      (await Promise.all(ids.map((id) => store.keys({ kind: "run", id }, { prefix: "" })))).flat(),
    );
    expect(answered.filter((key) => !kept.has(key))).toEqual([]);
    expect(kept).toContain("late");
    await own.remove();
  });

  it("for good, is told in bounded time, and at once to who asks later", async () => {
    const own = await startRedis();
    const store = await open(own.url, SHORT);
    await own.remove();
    const [first, second] = [await timed(store.get(at, ["a"])), await timed(store.write(at, put("a")))];
    expect([first.code, second.code]).toEqual(["STORE_UNREACHABLE", "STORE_UNREACHABLE"]);
    expect(first.ms).toBeLessThan(2000);
    expect(second.ms).toBeLessThan(450);
  });
});
