import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { dailyBars } from "../../../tests/support/daily-bars.ts";
import { backtestSettingsSchema } from "../../domain/backtest/settings.ts";
import { findStrategy } from "../../domain/backtest/strategies/strategies.ts";
import type { Strategy } from "../../domain/backtest/strategy.ts";
import { parseAxis } from "../../domain/backtest/sweep/axis.ts";
import { gridOf } from "../../domain/backtest/sweep/grid.ts";
import { SCORE_SIZE } from "../../domain/backtest/sweep/score.ts";
import { sharedColumn, sharePanel } from "../../domain/backtest/sweep/share-panel.ts";
import type { StrategyRef, SweepJob } from "../../domain/backtest/sweep/sweep-job.ts";
import { Sweeper } from "../../domain/backtest/sweep/sweeper.ts";
import { createPanel } from "../../domain/market/panel.ts";
import { randomFrom } from "../../domain/random.ts";
import { loadStrategy } from "../strategy-files/load-strategy.ts";
import { workerPool } from "./worker-pool.ts";

const ROWS = 400;
const BLOCKS = 8;

const OWN = `
import { z } from "zod";
export default {
  name: "every-so-often",
  description: "In and out by turns",
  params: z.object({ bars: z.number().int().min(2).default(10), break: z.boolean().default(false) }),
  signal(bars, { bars: every, break: fails }) {
    if (fails) throw new Error("asked to fail");
    const count = Math.floor(bars.length / every);
    return {
      bars: Int32Array.from({ length: count }, (_, k) => k * every),
      sides: Int8Array.from({ length: count }, (_, k) => k % 2),
    };
  },
};
`;

let folder = "";
let own = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "finagent-workers-"));
  own = join(folder, "own.ts");
  await writeFile(own, OWN);
});

afterAll(() => rm(folder, { recursive: true }));

function randomBars(symbol: string): ReturnType<typeof dailyBars> {
  const random = randomFrom(7).fork(symbol);
  const open = new Float64Array(ROWS);
  const close = new Float64Array(ROWS);
  let price = 100;
  for (let i = 0; i < ROWS; i += 1) {
    open[i] = price;
    close[i] = price *= 1 + 0.02 * random.normal();
  }
  return dailyBars(symbol, { open, close });
}

function jobOf(strategy: Strategy, symbols: readonly string[], grid: Record<string, string>): SweepJob {
  const axes = Object.entries(grid).map(([name, values]) => parseAxis(name, values));
  const combinations = gridOf(strategy, axes, {});
  const runs = combinations.taken.length;
  return {
    strategy: refOf(strategy),
    grid: combinations,
    panel: createPanel(symbols.map(randomBars)),
    settings: backtestSettingsSchema.parse({}),
    window: { fromRow: 10, toRow: ROWS },
    periodsPerYear: 252,
    blocks: BLOCKS,
    scores: sharedColumn(SCORE_SIZE * runs),
    sums: sharedColumn(2 * BLOCKS * runs),
  };
}

function refOf({ name, module, sourceHash }: Strategy): StrategyRef {
  return module === undefined || sourceHash === undefined ? { name } : { name, module, sourceHash };
}

async function inThreads(job: SweepJob, threads: number, size: number): Promise<void> {
  const crew = await workerPool().start({ ...job, panel: sharePanel(job.panel) }, threads);
  try {
    const stretches: Promise<void>[] = [];
    const runs = job.grid.taken.length;
    // The last first: the order of the work must not matter.
    for (let to = runs; to > 0; to -= size) stretches.push(crew.run({ from: Math.max(0, to - size), to }));
    await Promise.all(stretches);
  } finally {
    await crew.close();
  }
}

it("gives the same bytes in this thread, in one and in two, for signals, targets and own files", async () => {
  type Case = readonly [Strategy, readonly string[], Record<string, string>, readonly number[]];
  const cases: readonly Case[] = [
    [findStrategy("sma-cross"), ["A"], { fast: "2:12:2", slow: "10:40:5" }, [1, 2]],
    [findStrategy("momentum-rank"), ["A", "B", "C"], { lookback: "20:60:20", top: "1,2" }, [2]],
    [await loadStrategy(own), ["A"], { bars: "2:9" }, [1]],
  ];
  for (const [strategy, symbols, grid, counts] of cases) {
    const alone = jobOf(strategy, symbols, grid);
    new Sweeper(alone, strategy).run({ from: 0, to: alone.grid.taken.length });
    expect(new Set(alone.scores).size).toBeGreaterThan(20);
    for (const threads of counts) {
      const shared = jobOf(strategy, symbols, grid);
      await inThreads(shared, threads, 4);
      expect(Buffer.from(shared.scores.buffer)).toEqual(Buffer.from(alone.scores.buffer));
      expect(Buffer.from(shared.sums.buffer)).toEqual(Buffer.from(alone.sums.buffer));
    }
  }
});

it("refuses to mix what a strategy's file was with what it became", async () => {
  const path = join(folder, "mine.ts");
  await writeFile(path, OWN);
  const job = jobOf(await loadStrategy(path), ["A"], { bars: "2:9" });
  await inThreads(job, 1, 4);
  await writeFile(path, OWN.replace("k * every", "k * every + 1"));
  await expect(inThreads(job, 1, 4)).rejects.toMatchObject({ code: "BAD_STRATEGY", details: { file: path } });
  // In this process it goes on as it was.
  expect((await loadStrategy(path)).sourceHash).toBe(job.strategy.sourceHash);
});

it("names the combination, the file and the reason where a strategy fails in a thread", async () => {
  const strategy = await loadStrategy(own);
  const failing = jobOf(strategy, ["A"], { bars: "5", break: "true" });
  await expect(inThreads(failing, 1, 1)).rejects.toMatchObject({
    code: "BAD_STRATEGY",
    message: expect.stringMatching(/^With bars=5 break=true: .*own\.ts.*asked to fail/) as string,
    details: { combination: "bars=5 break=true", file: pathToFileURL(own).pathname },
  });
});
