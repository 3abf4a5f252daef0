import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { ColumnCache, type Codec } from "./column-cache.ts";

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "finagent-cache-"));
  made.push(path);
  return join(path, "columns");
}

const numbers: Codec<Float64Array> = {
  version: 1,
  encode: (value) => ({ meta: null, columns: [value] }),
  decode: ({ columns: [column] }) => (column instanceof Float64Array ? column : null),
};

const VALUE = Float64Array.of(1, 2.5, NaN, -0);

describe("a column cache", () => {
  it("gives back what was kept of a source in the same state, and of no other", async () => {
    const path = folder();
    await new ColumnCache(path).put("/a.csv", "state 1", numbers, VALUE);
    const cache = new ColumnCache(path);
    expect(await cache.get("/a.csv", "state 1", numbers)).toEqual(VALUE);
    expect(await cache.get("/a.csv", "state 2", numbers)).toBeNull();
    expect(await cache.get("/b.csv", "state 1", numbers)).toBeNull();
    expect(await cache.get("/a.csv", "state 1", { ...numbers, version: 2 })).toBeNull();
    await cache.put("/a.csv", "state 2", numbers, Float64Array.of(7));
    expect(await cache.get("/a.csv", "state 2", numbers)).toEqual(Float64Array.of(7));
    expect(readdirSync(path).length).toBe(1);
  });

  it("is as if it kept nothing where its file is damaged, and keeps it anew", async () => {
    const path = folder();
    const cache = new ColumnCache(path);
    await cache.put("/a.csv", "state", numbers, VALUE);
    const [name = ""] = readdirSync(path);
    const whole = readFileSync(join(path, name));
    for (const wrong of [whole.subarray(0, whole.length - 8), Buffer.from("nonsense"), Buffer.alloc(0)]) {
      writeFileSync(join(path, name), wrong);
      expect(await cache.get("/a.csv", "state", numbers)).toBeNull();
    }
    await cache.put("/a.csv", "state", numbers, VALUE);
    expect(await cache.get("/a.csv", "state", numbers)).toEqual(VALUE);
  });

  it("keeps nothing where its folder cannot be made, and says why", async () => {
    const path = folder();
    writeFileSync(path, "a file is in the way");
    const cache = new ColumnCache(path);
    await cache.put("/a.csv", "state", numbers, VALUE);
    expect(cache.fault).toMatch(/^(EEXIST|ENOTDIR)$/);
    expect(await cache.get("/a.csv", "state", numbers)).toBeNull();
    expect(readFileSync(path, "utf8")).toBe("a file is in the way");
  });

  it("lets go first what was not used for longest", async () => {
    const path = folder();
    const column = new Float64Array(1000).map((_, i) => i / 3);
    const cache = new ColumnCache(path, 20_000);
    for (const source of ["/old.csv", "/used.csv"]) await cache.put(source, "state", numbers, column);
    const longAgo = new Date(Date.now() - 10 * 86_400_000);
    for (const name of readdirSync(path)) utimesSync(join(path, name), longAgo, longAgo);
    // Reading a file is using it.
    expect(await cache.get("/used.csv", "state", numbers)).toEqual(column);
    await cache.put("/new.csv", "state", numbers, column);
    const held = await Promise.all(
      ["/old.csv", "/used.csv", "/new.csv"].map((source) => cache.get(source, "state", numbers)),
    );
    expect(held.map((one) => one !== null)).toEqual([false, true, true]);
  });

  it("may be written by several processes while it is read", async () => {
    const path = folder();
    const script = `
      import { ColumnCache } from ${JSON.stringify(new URL("column-cache.ts", import.meta.url).href)};
      const codec = { version: 1, encode: (value) => ({ meta: null, columns: [value] }), decode: () => null };
      const cache = new ColumnCache(${JSON.stringify(path)});
      const seed = Number(process.argv[1]);
      for (let i = 0; i < 60; i++) {
        const value = new Float64Array(5000).map((_, k) => seed + i + k / 7);
        await cache.put("/a.csv", "state", codec, value);
      }
      if (cache.fault !== null) throw new Error(cache.fault);`;
    const cache = new ColumnCache(path);
    const running = { writers: 2 };
    const writers = ["1000", "2000"].map(
      (seed) =>
        new Promise<number | null>((resolve) => {
          const child = spawn(process.execPath, ["--input-type=module", "-e", script, seed], {
            stdio: "inherit",
          });
          child.on("exit", (status) => {
            running.writers -= 1;
            resolve(status);
          });
        }),
    );
    let read = 0;
    while (running.writers > 0) {
      const value = await cache.get("/a.csv", "state", numbers);
      if (value !== null) {
        read += 1;
        const [first = NaN] = value;
        expect(value).toEqual(new Float64Array(5000).map((_, k) => first + k / 7));
      }
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(await Promise.all(writers)).toEqual([0, 0]);
    expect(read).toBeGreaterThan(0);
    expect(readdirSync(path).length).toBe(1);
  });
});
