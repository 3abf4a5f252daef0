import { workerPool } from "../../src/adapters/worker-pool/worker-pool.ts";
import { backtestSettingsSchema } from "../../src/domain/backtest/settings.ts";
import { smaCross } from "../../src/domain/backtest/strategies/sma-cross.ts";
import { axisOf } from "../../src/domain/backtest/sweep/axis.ts";
import { gridOf } from "../../src/domain/backtest/sweep/grid.ts";
import { SCORE_FIELDS, SCORE_SIZE } from "../../src/domain/backtest/sweep/score.ts";
import { sharedColumn, sharePanel } from "../../src/domain/backtest/sweep/share-panel.ts";
import type { SweepJob } from "../../src/domain/backtest/sweep/sweep-job.ts";
import { Sweeper } from "../../src/domain/backtest/sweep/sweeper.ts";
import { createPanel } from "../../src/domain/market/panel.ts";
import { smaGridLoop } from "../loops/sma-grid.ts";
import { walkBars } from "../market.ts";
import { median, timeAsync, timePair } from "../paired.ts";
import { inMs, type Table, times } from "../table.ts";

const BARS = 2_520;
const BLOCKS = 16;
const CAPITAL = 100_000;
const COMMISSION = 0.001;
const FASTS = Array.from({ length: 40 }, (_, k) => 2 + k);
const SLOWS = Array.from({ length: 25 }, (_, k) => 45 + 5 * k);
const REPEATS = 31;

/** A thousand pairs over ten years. */
export async function run(): Promise<Table> {
  const job = jobOf();
  const { bars } = job.panel;
  const [only] = bars;
  if (only === undefined) throw new Error("no symbol");
  const count = job.grid.taken.length;
  const loop = () => smaGridLoop(only.open, only.close, FASTS, SLOWS, COMMISSION, CAPITAL);
  // Made anew each time, as a sweep does: what it remembers counts for one sweep alone.
  const ours = (): void => new Sweeper(job, smaCross).run({ from: 0, to: count });
  ours();
  checkScores(job, loop());
  const pair = timePair(ours, loop, REPEATS);
  const { one, two } = await threads(job);
  return {
    title: "(c) 1,000 pairs of averages over 2,520 bars",
    about:
      "Fast 2 to 41, slow 45 to 165 by 5; final equity, Sharpe ratio and deepest drawdown of each (FinAgent: also trades, win rate, exposure and sums for the probability of overfitting). The loop gives the same figures.",
    header: ["", "median", "of the loop", "target"],
    rows: [
      ["FinAgent, one thread", inMs(pair.ours), times(pair.ratio), "1.5×"],
      ["plain loop", inMs(pair.other), "1", ""],
      ["FinAgent, pool of one thread, 20 sweeps", inMs(one), "", ""],
      [
        "FinAgent, pool of two threads, 20 sweeps",
        inMs(two),
        `${(one / two).toFixed(2)} times faster`,
        "1.6",
      ],
    ],
  };
}

function jobOf(): SweepJob {
  const panel = sharePanel(createPanel([walkBars("SIM", BARS, 1)]));
  const grid = gridOf(smaCross, [axisOf("fast", FASTS), axisOf("slow", SLOWS)], { short: false });
  return {
    strategy: { name: smaCross.name },
    grid,
    panel,
    settings: backtestSettingsSchema.parse({
      capital: CAPITAL,
      commission: COMMISSION,
      slippageBps: 0,
      closeOut: false,
    }),
    window: { fromRow: 0, toRow: BARS },
    periodsPerYear: 252,
    blocks: BLOCKS,
    scores: sharedColumn(SCORE_SIZE * grid.taken.length),
    sums: sharedColumn(2 * BLOCKS * grid.taken.length),
  };
}

function checkScores(job: SweepJob, scores: ReturnType<typeof smaGridLoop>): void {
  const place = (name: (typeof SCORE_FIELDS)[number]): number => SCORE_FIELDS.indexOf(name);
  for (const [k, score] of scores.entries()) {
    const ours = (field: number): number => job.scores[SCORE_SIZE * k + field] ?? NaN;
    const same = [
      [CAPITAL * (1 + ours(place("totalReturn"))), score.finalEquity],
      [ours(place("maxDrawdown")), score.maxDrawdown],
      [ours(place("sharpe")), score.sharpe * Math.sqrt(job.periodsPerYear)],
    ].every(([mine = NaN, theirs = NaN]) => Math.abs(mine - theirs) <= 1e-9 * Math.max(1, Math.abs(theirs)));
    if (!same) throw new Error(`sweep: fast ${score.fast}, slow ${score.slow} differs from the loop`);
  }
}

/** Threads that have started and run before, by turns with one and with two. */
async function threads(job: SweepJob): Promise<{ one: number; two: number }> {
  const count = job.grid.taken.length;
  const single = await workerPool(1).start(job, 1);
  const double = await workerPool(2).start(job, 2);
  const sweeps = async (crew: typeof single): Promise<void> => {
    for (let k = 0; k < 20; k += 1) {
      const step = Math.ceil(count / 8);
      const stretches = Array.from({ length: 8 }, (_, part) => ({
        from: part * step,
        to: Math.min(count, (part + 1) * step),
      }));
      await Promise.all(stretches.map((stretch) => crew.run(stretch)));
    }
  };
  const ones: number[] = [];
  const twos: number[] = [];
  for (let k = 0; k < 7; k += 1) {
    ones.push(await timeAsync(() => sweeps(single), 1));
    twos.push(await timeAsync(() => sweeps(double), 1));
  }
  await Promise.all([single.close(), double.close()]);
  return { one: median(ones), two: median(twos) };
}
