import { measureOverfitting, judgeSweep, type SweepEvidence } from "../domain/backtest/sweep/judge-sweep.ts";
import { axisOf, parseAxis } from "../domain/backtest/sweep/axis.ts";
import { chooseBlocks } from "../domain/backtest/sweep/block-sums.ts";
import { checkMetric } from "../domain/backtest/sweep/check-metric.ts";
import { decide } from "../domain/backtest/decide.ts";
import { flagsOf } from "../domain/backtest/flags.ts";
import { type Grid, gridOf, valuesAt } from "../domain/backtest/sweep/grid.ts";
import { describeRow } from "../domain/backtest/sweep/describe-row.ts";
import { SCORE_SIZE } from "../domain/backtest/sweep/score.ts";
import { sharedColumn } from "../domain/backtest/sweep/share-panel.ts";
import { simulate } from "../domain/backtest/engine.ts";
import { rankRemark } from "../domain/backtest/strategies/rank-remark.ts";
import type { Strategy } from "../domain/backtest/strategy.ts";
import type { SweepJob } from "../domain/backtest/sweep/sweep-job.ts";
import { sweepMap } from "../domain/backtest/sweep/sweep-map.ts";
import { type SweepReport, sweepReportSchema } from "../domain/backtest/sweep/sweep-report.ts";
import { SweepResults } from "../domain/backtest/sweep/sweep-results.ts";
import { runBacktest } from "../domain/backtest/run.ts";
import { windowRows } from "../domain/backtest/window-rows.ts";
import { counted } from "../domain/format.ts";
import type { DataReport, DataSet } from "../domain/market/data-set.ts";
import { periodsPerYear } from "../domain/risk/annualisation.ts";
import { simpleReturns } from "../domain/risk/returns.ts";
import { type SweepInput, sweepInputSchema } from "../domain/run/sweep-input.ts";
import { finite, orNull } from "../domain/statistic.ts";
import { strategyNamed } from "./choose-strategy.ts";
import { fetchHistory } from "./fetch-history.ts";
import { runSweep, type SweepWork } from "./run-sweep.ts";
import { startStep } from "./start-step.ts";
import { SweepLog } from "./sweep-log.ts";
import { loadable, sweepName } from "./sweep-name.ts";
import { defineTool, type ToolContext } from "./tool.ts";

/** Blocks that sums are kept by where the rows are too few for a cross-validation. */
const FEWEST_BLOCKS = 4;

export const sweepStrategyTool = defineTool({
  name: "sweep_strategy",
  description:
    "Backtest a strategy with every combination of some parameters' values, rank them, and say how much of the best result may come from having been chosen.",
  access: "read",
  input: sweepInputSchema,
  output: sweepReportSchema,
  run: async (ctx, input) => {
    const { data, dataSet } = await fetchHistory(ctx, input);
    const strategy = strategyNamed(ctx, dataSet, input.strategy);
    const axes = Object.entries(input.grid).map(([name, values]) =>
      typeof values === "string" ? parseAxis(name, values) : axisOf(name, values),
    );
    const job = jobOf(dataSet, strategy, gridOf(strategy, axes, input.params), input);
    checkMetric(job, input.metric);
    const swept = startStep(ctx, "sweep", "sweep_strategy", input.strategy);
    const work = await computeAll(ctx, job, strategy, data, input);
    const report = reportOf(ctx, { job, strategy, dataSet, data, input, work });
    swept({ by: null, summary: summarise(report) });
    return report;
  },
});

async function computeAll(
  ctx: ToolContext,
  job: SweepJob,
  strategy: Strategy,
  data: DataReport,
  input: SweepInput,
): Promise<SweepWork> {
  const name = sweepName(ctx, job, strategy, data.hash);
  const log = name === null ? null : new SweepLog(ctx.workLog, name, job);
  if (input.fresh) await log?.forget();
  const threads = loadable(strategy) ? (input.threads ?? ctx.workers.threads) : 1;
  return runSweep(ctx, { job, strategy, log, threads });
}

function jobOf(dataSet: DataSet, strategy: Strategy, grid: Grid, input: SweepInput): SweepJob {
  const { panel } = dataSet;
  const window = windowRows(dataSet);
  const runs = grid.taken.length;
  const blocks = chooseBlocks(window.toRow - window.fromRow, runs) ?? FEWEST_BLOCKS;
  const { name, module, sourceHash } = strategy;
  return {
    strategy: {
      name,
      ...(module === undefined ? {} : { module }),
      ...(sourceHash === undefined ? {} : { sourceHash }),
    },
    grid,
    panel,
    settings: input.settings,
    window,
    periodsPerYear: periodsPerYear(panel),
    blocks,
    scores: sharedColumn(SCORE_SIZE * runs),
    sums: sharedColumn(2 * blocks * runs),
  };
}

interface Parts {
  readonly job: SweepJob;
  readonly strategy: Strategy;
  readonly dataSet: DataSet;
  readonly data: DataReport;
  readonly input: SweepInput;
  readonly work: SweepWork;
}

function reportOf(ctx: ToolContext, parts: Parts): SweepReport {
  const { job, strategy, dataSet, data, input, work } = parts;
  const { grid, panel, settings, window } = job;
  const results = new SweepResults(grid, job.scores, input.metric);
  const ranking = results.ranking();
  const best = ranking[0] ?? 0;
  const medians = Float64Array.from({ length: results.count }, (_, k) => results.neighbourMedian(k));
  const [plateau] = results.ranking((k) => medians[k] ?? NaN);
  const bars = window.toRow - window.fromRow;

  const params = strategy.params.parse({ ...grid.fixed, ...valuesAt(grid.axes, grid.taken[best] ?? -1) });
  const decisions = decide(strategy, panel, params);
  const simulation = simulate(panel, decisions, settings, window);
  const own = runBacktest({
    dataSet,
    strategy: { name: strategy.name, params },
    decisions,
    settings,
    seed: ctx.seed,
  });
  const evidence: SweepEvidence = {
    results,
    sums: chooseBlocks(bars, results.count) === null ? null : job.sums,
    blocks: job.blocks,
    rows: bars - 1,
    periodsPerYear: job.periodsPerYear,
    riskFreeRate: settings.riskFreeRate,
    best,
    returns: simpleReturns(simulation.equity),
  };
  const overfitting = measureOverfitting(evidence);
  return {
    runId: ctx.identity.runId,
    code: ctx.identity.code,
    seed: ctx.seed,
    strategy: strategy.name,
    params: { ...input.params },
    grid: grid.axes.map(({ name, values }) => ({ name, values: [...values] })),
    metric: input.metric,
    data,
    settings,
    combinations: {
      inGrid: results.gridSize,
      tried: results.count,
      refused: grid.refused.map((one) => ({ ...one })),
      lost: results.countOf((k) => results.lost(k)),
      withoutValue: results.countOf((k) => Number.isNaN(results.value(k))),
    },
    best: Array.from(ranking.subarray(0, input.top), (k) => describeRow(results, k)),
    plateau:
      plateau === undefined || Number.isNaN(medians[plateau] ?? NaN) ? null : describeRow(results, plateau),
    median: orNull(finite(results.median(), "No combination has a value.")),
    worst: describeRow(results, ranking.findLast((k) => !Number.isNaN(results.value(k))) ?? best),
    map: sweepMap(results, best),
    overfitting,
    verdict: judgeSweep(evidence, overfitting, own.verdict),
    flags: [
      ...flagsOf(dataSet, settings, simulation),
      ...rankRemark(strategy.name, params, panel.symbols.length),
      ...(work.unkept === null
        ? []
        : [`The results could not be kept (${work.unkept}): the next run of this sweep begins anew.`]),
    ],
    work: rates(work, bars * panel.symbols.length),
  };
}

function rates(work: SweepWork, bars: number): SweepReport["work"] {
  const perSecond = work.computed === 0 ? null : work.computed / work.seconds;
  return {
    computed: work.computed,
    takenOver: work.takenOver,
    seconds: work.seconds,
    threads: work.threads,
    combinationsPerSecond: perSecond,
    barsPerSecond: perSecond === null ? null : perSecond * bars,
  };
}

function summarise({ strategy, combinations, verdict }: SweepReport): string {
  return `${strategy}: ${counted(combinations.tried, "combination")}, ${verdict.conclusion}`;
}
