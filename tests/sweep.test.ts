import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRuntime, loadStrategy } from "../src/runtime.ts";
import { sweepStrategyTool } from "../src/tools/sweep-strategy.ts";
import { ended, finagent, startFinagent } from "./support/finagent-process.ts";
import { testConfig } from "./support/test-config.ts";

/** Takes 15 ms per combination, so that a sweep can be killed in the middle. */
const SLOW = `
import { z } from "zod";
export default {
  name: "slow",
  description: "In and out by turns, after some thought",
  params: z.object({ bars: z.number().int().min(2).default(10), shift: z.number().int().default(0) }),
  signal(bars, { bars: every, shift }) {
    for (const end = performance.now() + 15; performance.now() < end; );
    const count = Math.floor((bars.length - shift) / every);
    return {
      bars: Int32Array.from({ length: count }, (_, k) => shift + k * every),
      sides: Int8Array.from({ length: count }, (_, k) => k % 2),
    };
  },
};
`;

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "finagent-sweep-"));
  await writeFile(join(folder, "slow.ts"), SLOW);
});

afterAll(() => rm(folder, { recursive: true }));

const LINE =
  "sweep --strategy ./slow.ts --grid bars=2:21 shift=0:2 --symbols AAPL --from 2024-01-02 --to 2024-12-31 --json --quiet".split(
    " ",
  );

type Work = { readonly computed: number; readonly takenOver: number; readonly threads: number };

function parse(stdout: string): { readonly work: Work; readonly rest: unknown } {
  const { work, runId: _, ...rest } = JSON.parse(stdout) as { work: Work; runId: string };
  return { work, rest };
}

async function keptEntries(home: string): Promise<number> {
  const files = await readdir(join(home, "sweeps")).catch(() => []);
  const texts = await Promise.all(files.map((file) => readFile(join(home, "sweeps", file), "utf8")));
  return texts.join("").split("\n").length - 1;
}

/** The same sweep in this process, from the beginning to the end. */
async function undisturbed(): Promise<unknown> {
  const strategy = await loadStrategy(join(folder, "slow.ts"));
  const config = testConfig({ home: join(folder, "undisturbed") });
  const runtime = createRuntime(config, { strategies: new Map([["./slow.ts", strategy]]) });
  return runtime.run(sweepStrategyTool, {
    strategy: "./slow.ts",
    grid: { bars: "2:21", shift: [0, 1, 2] },
    symbols: ["AAPL"],
    from: "2024-01-02",
    to: "2024-12-31",
    threads: 1,
  });
}

describe("a sweep that is killed", () => {
  it("goes on where it was and ends with what an undisturbed one finds", async () => {
    const home = join(folder, "killed");
    const killed = startFinagent([...LINE, "--home", home, "--threads", "2"], { cwd: folder });
    const end = ended(killed);
    // The first few are this many stretches of the main thread; then threads take over.
    while ((await keptEntries(home)) < 7) await wait(20);
    killed.kill("SIGKILL");
    expect((await end).stdout).toBe("");
    // As if it had been killed in the middle of writing.
    const [file = ""] = await readdir(join(home, "sweeps"));
    await writeFile(join(home, "sweeps", file), '{"from":0,"to":3,"scor', { flag: "a" });

    const resumed = await finagent([...LINE, "--home", home, "--threads", "1"], { cwd: folder });
    expect(resumed.stderr).toBe("");
    const again = parse(resumed.stdout);
    const whole = parse(JSON.stringify(await undisturbed()));
    expect(again.work.takenOver).toBeGreaterThan(0);
    expect(again.work.computed).toBe(60 - again.work.takenOver);
    expect(whole.work).toMatchObject({ computed: 60, takenOver: 0, threads: 1 });
    expect(again.rest).toEqual(whole.rest);
  });
});

it("begins anew where a file that the strategy imports was changed", async () => {
  const home = join(folder, "helped");
  const helped = `import { first } from "./helper.ts";${SLOW.replace("+ 15", "").replace("shift + k", "first + k")}`;
  await writeFile(join(folder, "helped.ts"), helped);
  const line = LINE.map((word) => (word === "./slow.ts" ? "./helped.ts" : word));
  const swept = async (first: number): Promise<ReturnType<typeof parse>> => {
    await writeFile(join(folder, "helper.ts"), `export const first = ${first};`);
    return parse((await finagent([...line, "--home", home, "--threads", "1"], { cwd: folder })).stdout);
  };
  const before = await swept(0);
  const after = await swept(1);
  expect(after.work.takenOver).toBe(0);
  expect(after.rest).not.toEqual(before.rest);
  const back = await swept(0);
  expect(back.work.computed).toBe(0);
  expect(back.rest).toEqual(before.rest);
});
