import { setImmediate as nextTurn } from "node:timers/promises";
import { sharePanel } from "../domain/backtest/sweep/share-panel.ts";
import type { Stretch, SweepJob } from "../domain/backtest/sweep/sweep-job.ts";
import { Sweeper } from "../domain/backtest/sweep/sweeper.ts";
import type { Strategy } from "../domain/backtest/strategy.ts";
import type { SweepLog } from "./sweep-log.ts";
import type { ToolContext } from "./tool.ts";

/** A stretch takes the main thread so long, then it answers to others. */
const TURN_MS = 40;
/** A stretch takes a thread so long: work that a stop at any instant costs. */
const STRETCH_MS = 250;
const WARM_UP_MS = 150;
/** Threads take some time to begin: less work than this is not worth them. */
const WORTH_THREADS_MS = 300;

export interface SweepWork {
  readonly computed: number;
  readonly takenOver: number;
  readonly seconds: number;
  readonly threads: number;
  /** Why a later run cannot go on from this one; null: it can, or nothing was to be kept. */
  readonly unkept: string | null;
}

interface SweepRun {
  readonly job: SweepJob;
  readonly strategy: Strategy;
  readonly log: SweepLog | null;
  /** At most; 1: the main thread alone. */
  readonly threads: number;
}

/** Computes what of a job is not yet done. The results lie in the job. */
export async function runSweep(
  ctx: ToolContext,
  { job, strategy, log, threads }: SweepRun,
): Promise<SweepWork> {
  const total = job.grid.taken.length;
  const remaining = new Remaining(total, (await log?.takeOver()) ?? []);
  const takenOver = total - remaining.left;
  const started = performance.now();
  const tell = (): void =>
    ctx.emit({ type: "progress", agent: "sweep", done: total - remaining.left, total });
  const done = async (stretch: Stretch): Promise<void> => {
    remaining.finish(stretch);
    await log?.keep(stretch);
    tell();
    ctx.signal.throwIfAborted();
  };
  tell();

  // What it does first tells how long a combination takes.
  const sweeper = new Sweeper(job, strategy);
  let size = 1;
  let speed = 0;
  let used = 1;
  for (let next = remaining.take(size); next !== null; next = remaining.take(size)) {
    // The first runs are slow: nothing is compiled yet.
    speed = Math.max(speed, await timed(next, () => sweeper.run(next)));
    await done(next);
    if (
      threads > 1 &&
      performance.now() - started > WARM_UP_MS &&
      remaining.left > speed * WORTH_THREADS_MS
    ) {
      used = Math.min(threads, remaining.left);
      await inThreads(ctx, job, used, speed, remaining, done);
      break;
    }
    size = Math.max(1, Math.min(4 * size, Math.round(speed * TURN_MS)));
    await nextTurn();
  }
  return {
    computed: total - takenOver,
    takenOver,
    seconds: (performance.now() - started) / 1000,
    threads: used,
    unkept: log?.fault ?? null,
  };
}

/** Hands what is left to threads. @param speed combinations per millisecond in one thread, as far as is known */
async function inThreads(
  ctx: ToolContext,
  job: SweepJob,
  threads: number,
  speed: number,
  remaining: Remaining,
  done: (stretch: Stretch) => Promise<void>,
): Promise<void> {
  const crew = await ctx.workers.start({ ...job, panel: sharePanel(job.panel) }, threads);
  let known = speed;
  // Smaller towards the end, so that all threads end together.
  const size = (): number =>
    Math.max(1, Math.min(Math.round(known * STRETCH_MS), Math.ceil(remaining.waiting / threads / 2)));
  try {
    await Promise.all(
      Array.from({ length: threads }, async () => {
        for (let next = remaining.take(size()); next !== null; next = remaining.take(size())) {
          const stretch = next;
          // The first stretch of a thread pays for its start, which says nothing about the next.
          known = Math.max(known / 2, await timed(stretch, () => crew.run(stretch)));
          await done(stretch);
        }
      }),
    );
  } finally {
    await crew.close();
  }
}

/** @returns combinations per millisecond */
async function timed({ from, to }: Stretch, run: () => void | Promise<void>): Promise<number> {
  const began = performance.now();
  await run();
  return (to - from) / Math.max(0.001, performance.now() - began);
}

/** Which combinations wait, and how many are not finished. */
class Remaining {
  left: number;
  /** Neither finished nor taken. */
  waiting: number;
  readonly #gaps: Stretch[] = [];

  constructor(total: number, finished: readonly Stretch[]) {
    const done = new Uint8Array(total);
    for (const { from, to } of finished) done.fill(1, from, to);
    for (let from = 0; from < total; from += 1) {
      if (done[from] === 1) continue;
      let to = from + 1;
      while (to < total && done[to] === 0) to += 1;
      this.#gaps.push({ from, to });
      from = to;
    }
    this.left = this.#gaps.reduce((sum, { from, to }) => sum + to - from, 0);
    this.waiting = this.left;
  }

  /** The next combinations, at most `size`, in the order of the grid; null: none wait. */
  take(size: number): Stretch | null {
    const [gap] = this.#gaps;
    if (gap === undefined) return null;
    const to = Math.min(gap.to, gap.from + size);
    if (to === gap.to) this.#gaps.shift();
    else this.#gaps[0] = { from: to, to: gap.to };
    this.waiting -= to - gap.from;
    return { from: gap.from, to };
  }

  finish({ from, to }: Stretch): void {
    this.left -= to - from;
  }
}
