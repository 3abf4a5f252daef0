import { expect, it } from "vitest";
import { randomPanel } from "../../tests/support/random-panel.ts";
import { backtestSettingsSchema } from "../domain/backtest/settings.ts";
import { findStrategy } from "../domain/backtest/strategies/strategies.ts";
import { parseAxis } from "../domain/backtest/sweep/axis.ts";
import { gridOf } from "../domain/backtest/sweep/grid.ts";
import { SCORE_SIZE } from "../domain/backtest/sweep/score.ts";
import type { SweepJob } from "../domain/backtest/sweep/sweep-job.ts";
import type { WorkLog } from "../domain/ports.ts";
import { SweepLog } from "./sweep-log.ts";

const BLOCKS = 4;

function emptyJob(): SweepJob {
  const strategy = findStrategy("sma-cross");
  return {
    strategy,
    grid: gridOf(strategy, [parseAxis("fast", "2:7")], {}),
    panel: randomPanel(1, 50),
    settings: backtestSettingsSchema.parse({}),
    window: { fromRow: 0, toRow: 50 },
    periodsPerYear: 252,
    blocks: BLOCKS,
    scores: new Float64Array(SCORE_SIZE * 6),
    sums: new Float64Array(2 * BLOCKS * 6),
  };
}

function memory(lines: string[]): WorkLog {
  return {
    read: async () => lines,
    append: async (_name, entry) => void lines.push(entry),
    clear: async () => void lines.splice(0),
  };
}

it("takes over what was kept, and nothing that was changed in any place", async () => {
  const lines: string[] = [];
  const done = emptyJob();
  done.scores.forEach((_, i) => (done.scores[i] = Math.sin(i)));
  done.sums.forEach((_, i) => (done.sums[i] = Math.cos(i)));
  await new SweepLog(memory(lines), "s", done).keep({ from: 1, to: 3 });

  const again = emptyJob();
  expect(await new SweepLog(memory(lines), "s", again).takeOver()).toEqual([{ from: 1, to: 3 }]);
  expect(again.scores.subarray(SCORE_SIZE, 3 * SCORE_SIZE)).toEqual(
    done.scores.subarray(SCORE_SIZE, 3 * SCORE_SIZE),
  );

  const [line = ""] = lines;
  for (let at = 0; at < line.length; at += 7) {
    const other = line[at] === "A" ? "B" : line[at] === "1" ? "2" : "A";
    const changed = `${line.slice(0, at)}${other}${line.slice(at + 1)}`;
    expect(await new SweepLog(memory([changed]), "s", emptyJob()).takeOver()).toEqual([]);
  }
});

it("goes on where nothing can be kept, and says why", async () => {
  const full = Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
  const log = new SweepLog({ ...memory([]), append: () => Promise.reject(full) }, "s", emptyJob());
  expect(log.fault).toBeNull();
  await log.keep({ from: 0, to: 1 });
  expect(log.fault).toBe("ENOSPC");
});

it("takes nothing over where it was told to forget and could not", async () => {
  const lines: string[] = [];
  await new SweepLog(memory(lines), "s", emptyJob()).keep({ from: 0, to: 2 });
  const fixed = { ...memory(lines), clear: () => Promise.reject(new Error("read-only")) };
  const log = new SweepLog(fixed, "s", emptyJob());
  await log.forget();
  expect(await log.takeOver()).toEqual([]);
});
